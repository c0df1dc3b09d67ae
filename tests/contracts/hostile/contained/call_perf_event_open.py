import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 298, "aarch64": 241}[platform.machine()]
result = libc.syscall(number, ctypes.create_string_buffer(120), 0, -1, -1, 0)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
