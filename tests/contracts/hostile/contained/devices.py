import os
import stat

allowed = {"null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm", "fd", "stdin", "stdout", "stderr", "core", "console", "mqueue"}
print("ESCAPED" if set(os.listdir("/dev")) - allowed else "contained", sorted(set(os.listdir("/dev")) - allowed))
for path in ("/dev/mem", "/dev/kmsg", "/dev/kvm", "/dev/vda", "/dev/fuse", "/dev/net/tun", "/dev/vsock", "/dev/console", "/dev/tty"):
    try:
        os.open(path, os.O_RDWR)
        print("ESCAPED", path)
    except OSError:
        pass
