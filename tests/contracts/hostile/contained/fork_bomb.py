import os
import time

alive = 0
try:
    for _ in range(500):
        if os.fork() == 0:
            time.sleep(1000)
        alive += 1
except OSError:
    pass
print("ESCAPED" if alive > 64 else "contained", alive)
