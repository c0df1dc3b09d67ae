import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 429, "aarch64": 429}[platform.machine()]
result = libc.syscall(number, -100, b"/", -100, b"/tmp", 0)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
