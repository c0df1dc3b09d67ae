# No process is large; the run is.
import os
import time

for _ in range(12):
    if os.fork() == 0:
        x = bytearray(os.urandom(1 << 20)) * 60
        time.sleep(1000)
time.sleep(1000)
