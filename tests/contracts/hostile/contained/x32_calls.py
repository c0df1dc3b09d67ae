import ctypes
import platform

if platform.machine() == "x86_64":
    print("ESCAPED" if ctypes.CDLL(None).syscall(0x40000000 | 39) > 0 else "contained")
