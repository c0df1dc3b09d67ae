import os
import stat

for path in ("/tmp/mem", "/dev/shm/mem"):
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 1))
        os.open(path, os.O_RDONLY)
        print("ESCAPED")
    except OSError as error:
        print("contained", error)
