import glob
import os

known = {"PATH", "LANG", "HOME", "PWD", "LC_CTYPE"}
names = set(os.environ) - known
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        with open(path, "rb") as file:
            names |= {entry.split(b"=")[0].decode() for entry in file.read().split(b"\0") if entry} - known
    except OSError:
        pass
print("ESCAPED" if names else "contained", names)
