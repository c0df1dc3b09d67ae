import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 272, "aarch64": 97}[platform.machine()]
result = libc.syscall(number, 0x7E020000)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
