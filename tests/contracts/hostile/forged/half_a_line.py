import os


def answer(token):
    os.write(3, b'{"i":0,"v":')
    return 1
