# Each child uses little time and ends: a limit per process sees nothing.
import os
import time

while True:
    if os.fork() == 0:
        until = time.process_time() + 0.1
        while time.process_time() < until:
            pass
        os._exit(0)
    os.wait()
