# `int 0x80` speaks the 32-bit system call table: getpid by its old number. The filter kills it.
import ctypes
import mmap
import os
import platform

if platform.machine() == "x86_64":
    child = os.fork()
    if child == 0:
        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
        call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
        if call() > 0:
            os._exit(5)
        os._exit(0)
    print("ESCAPED" if os.waitstatus_to_exitcode(os.wait()[1]) == 5 else "contained")
