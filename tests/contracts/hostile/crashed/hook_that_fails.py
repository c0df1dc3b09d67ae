import sys


def hook(*_):
    raise RuntimeError("no")


sys.excepthook = hook
1 / 0
