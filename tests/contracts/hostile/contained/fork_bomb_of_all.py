# Every child forks too; whatever the limits do, the run ends and others live.
import os

for _ in range(12):
    try:
        os.fork()
    except OSError:
        pass
