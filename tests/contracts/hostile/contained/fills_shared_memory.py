written = 0
for number in range(100):
    try:
        with open(f"/dev/shm/{number}", "wb") as file:
            written += file.write(b"x" * (4 << 20))
    except OSError:
        pass
print("ESCAPED" if written > 40 << 20 else "contained", written >> 20)
