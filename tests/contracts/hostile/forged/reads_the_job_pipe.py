import os
import threading

taken = []


def take():
    try:
        while True:
            taken.append(os.read(4, 1 << 16))
    except OSError:
        pass


def answer(token):
    threading.Thread(target=take, daemon=True).start()
    return {"others": [one.decode() for one in taken if token.encode() not in one]}
