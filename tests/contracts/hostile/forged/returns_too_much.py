def answer(token):
    return "x" * 3_000_000
