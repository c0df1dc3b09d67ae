import os

written = 0
for number in range(100):
    try:
        with open(f"/tmp/{number}", "wb") as file:
            for _ in range(4):
                written += file.write(os.urandom(1 << 20))
    except OSError:
        pass
print("ESCAPED" if written > 40 << 20 else "contained", written >> 20)
