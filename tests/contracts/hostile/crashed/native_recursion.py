# Overflows the C stack, which no exception can catch.
import sys

sys.setrecursionlimit(10**8)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x"[:0])


Deep().a
