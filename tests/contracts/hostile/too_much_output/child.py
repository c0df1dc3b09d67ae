import os

if os.fork() == 0:
    while True:
        os.write(2, b"x" * 4096)
os.wait()
