x = []
x.append(x)


def answer(token):
    return x
