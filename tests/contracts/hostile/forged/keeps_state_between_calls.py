calls = []


def answer(token):
    calls.append(token)
    return {"others": calls[:-1]}
