import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 435, "aarch64": 435}[platform.machine()]
result = libc.syscall(number, ctypes.create_string_buffer(88), 88)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
