import os


def answer(token):
    while True:
        os.write(3, b"x" * 65536)
