import os

reached = []
for pid in range(2, 40000):
    if pid != os.getpid():
        try:
            os.kill(pid, 0)
            reached.append(pid)
        except OSError:
            pass
print("ESCAPED" if reached else "contained", reached[:5])
