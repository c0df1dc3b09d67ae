def answer(token):
    x = []
    for _ in range(5000):
        x = [x]
    return x
