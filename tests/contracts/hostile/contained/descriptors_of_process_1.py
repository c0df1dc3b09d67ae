import os

held = []
for pid in ("1", str(os.getppid())):
    try:
        held += [f"{pid}:{name}" for name in os.listdir(f"/proc/{pid}/fd") if int(name) > 2]
    except OSError:
        pass
for one in held:
    pid, name = one.split(":")
    try:
        os.open(f"/proc/{pid}/fd/{name}", os.O_RDWR)
        print("ESCAPED", one, os.readlink(f"/proc/{pid}/fd/{name}"))
    except OSError:
        pass
print("contained", held)
