import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 442, "aarch64": 442}[platform.machine()]
result = libc.syscall(number, -100, b"/", 0, ctypes.create_string_buffer(32), 32)
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
