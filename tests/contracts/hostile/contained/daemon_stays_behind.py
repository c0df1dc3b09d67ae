import os
import signal
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        for descriptor in (0, 1, 2, 3):
            try:
                os.close(descriptor)
            except OSError:
                pass
        time.sleep(100_000)
    os._exit(0)
os.wait()
print("contained")
