import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 248, "aarch64": 217}[platform.machine()]
result = libc.syscall(number, b"user", b"x", b"y", 1, -3)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
