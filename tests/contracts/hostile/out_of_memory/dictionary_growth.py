x = {}
while True:
    x[len(x)] = [len(x)] * 10
