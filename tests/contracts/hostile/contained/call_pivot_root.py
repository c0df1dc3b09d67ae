import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 155, "aarch64": 41}[platform.machine()]
result = libc.syscall(number, b"/tmp", b"/tmp")
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
