import os

descriptor = os.open("/tmp/sparse", os.O_CREAT | os.O_RDWR)
try:
    os.ftruncate(descriptor, 1 << 40)
    print("ESCAPED")
except OSError as error:
    print("contained", error)
