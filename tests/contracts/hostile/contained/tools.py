import os

names = [name for name in os.listdir("/usr/bin") if name not in ("python3", "node")]
print("ESCAPED" if names or os.path.exists("/bin/sh") else "contained", names)
