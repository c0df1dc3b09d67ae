import os

descriptor = os.open("/tmp/large", os.O_CREAT | os.O_RDWR)
try:
    os.posix_fallocate(descriptor, 0, 1 << 30)
    print("ESCAPED")
except OSError as error:
    print("contained", error)
