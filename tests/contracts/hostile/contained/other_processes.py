import os

pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
print("ESCAPED" if len(pids) > 4 or max(pids) > 50 else "contained", pids)
