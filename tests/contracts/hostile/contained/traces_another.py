import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
child = os.fork()
if child == 0:
    import time
    time.sleep(5)
    os._exit(0)
number = {"x86_64": 101, "aarch64": 117}[platform.machine()]
print("contained" if libc.syscall(number, 16, child, 0, 0) == -1 else "ESCAPED")
print("contained" if libc.syscall(number, 0, 0, 0, 0) == -1 else "ESCAPED")
os.kill(child, 9)
