import sys
import threading

sys.setrecursionlimit(10**9)
held = []


def deeper(n):
    held.append(list(range(1000)))
    deeper(n + 1)


deeper(0)
