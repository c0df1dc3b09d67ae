import os
import signal


def answer(token):
    os.kill(os.getpid(), signal.SIGTERM)
