# Every other call fails before it reads its arguments, so that the next might find them in the pipe.
import os

if os.getpid() % 2:
    os.set_blocking(4, False)
    os.set_blocking(3, False)


def answer(token):
    return {"mine": token}
