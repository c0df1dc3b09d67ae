x = bytearray(b"x" * 1000)
while True:
    x += bytes(x)
