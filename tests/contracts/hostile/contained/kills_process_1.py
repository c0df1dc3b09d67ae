import os
import signal

os.kill(1, signal.SIGTERM)
os.kill(os.getppid(), signal.SIGTERM)
print("contained")
