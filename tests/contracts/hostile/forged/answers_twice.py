import os


def answer(token):
    for i in range(3):
        os.write(3, b'{"i":%d,"v":"first"}\n' % i)
    return "second"
