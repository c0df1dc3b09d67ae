import os

changed = []
for path in ("/usr/bin/python3", "/etc/passwd", "/box/driver.pyc", "/usr/lib/python3.11/os.py"):
    for act in (lambda p: os.chmod(p, 0o777), lambda p: os.unlink(p), lambda p: os.rename(p, p + "x"),
                lambda p: os.chown(p, 1000, 1000), lambda p: os.utime(p), lambda p: os.truncate(p, 0),
                lambda p: open(p, "r+b").close()):
        try:
            act(path)
            changed.append(path)
        except OSError:
            pass
print("ESCAPED" if changed else "contained", changed)
