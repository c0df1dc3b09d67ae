import fcntl

for request in (0x5412, 0x541C, 0x5423):
    for descriptor in (0, 1, 2):
        try:
            fcntl.ioctl(descriptor, request, b"x\0\0\0\0\0\0\0")
            print("ESCAPED")
        except OSError as error:
            print("contained", error)
