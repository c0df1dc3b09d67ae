import os

held = sorted(int(name) for name in os.listdir("/proc/self/fd"))
# 4 is the listing itself
print("ESCAPED" if [n for n in held if n > 4] else "contained", held)
