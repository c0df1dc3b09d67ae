import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 126, "aarch64": 91}[platform.machine()]
result = libc.syscall(number, ctypes.create_string_buffer(b"\x20\x08\x09\x19" + bytes(4)), ctypes.create_string_buffer(24))
print("contained" if result == -1 and ctypes.get_errno() in (1, 13, 38) else "ESCAPED", result, ctypes.get_errno())
