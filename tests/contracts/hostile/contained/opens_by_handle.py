import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
name_to, open_by = {"x86_64": (303, 304), "aarch64": (264, 265)}[platform.machine()]
handle = ctypes.create_string_buffer(b"\x80\0\0\0", 200)
mount = ctypes.c_int()
print("contained" if libc.syscall(name_to, -100, b"/tmp", handle, ctypes.byref(mount), 0) == -1 else "ESCAPED")
print("contained" if libc.syscall(open_by, 0, handle, 0) == -1 else "ESCAPED")
