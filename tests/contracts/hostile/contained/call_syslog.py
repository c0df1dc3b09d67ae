import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 103, "aarch64": 116}[platform.machine()]
result = libc.syscall(number, 3, ctypes.create_string_buffer(4096), 4096)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
