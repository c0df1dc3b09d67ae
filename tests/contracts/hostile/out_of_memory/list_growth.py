x = []
while True:
    x.append("a" * 100_000 + str(len(x)))
