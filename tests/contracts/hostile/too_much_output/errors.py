import sys

while True:
    sys.stderr.write("x" * 200 + "\n")
