def answer(token):
    return True
