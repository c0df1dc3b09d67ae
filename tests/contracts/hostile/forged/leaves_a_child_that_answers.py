import os
import time


def answer(token):
    if os.fork() == 0:
        for _ in range(1000):
            for i in range(10):
                os.write(3, b'{"i":%d,"v":"from a child"}\n' % i)
            time.sleep(0.001)
        os._exit(0)
    return "mine"
