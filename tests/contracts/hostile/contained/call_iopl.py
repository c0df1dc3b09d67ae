import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 172, "aarch64": None}[platform.machine()]
if number is None:
    raise SystemExit
result = libc.syscall(number, 3)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
