import os

os.symlink("/proc/1/root/etc/shadow", "/tmp/link")
os.symlink("../../../../../etc/shadow", "/tmp/other")
for path in ("/tmp/link", "/tmp/other", "/proc/self/root/etc/shadow", "/proc/self/cwd/../etc/shadow"):
    try:
        open(path).read()
        print("ESCAPED", path)
    except OSError:
        print("contained", path)
