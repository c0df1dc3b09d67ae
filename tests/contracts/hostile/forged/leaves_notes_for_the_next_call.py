import os

NOTE = "/tmp/note"


def answer(token):
    others = open(NOTE).read().split() if os.path.exists(NOTE) else []
    if os.path.exists("/dev/shm/note"):
        others.append("shm")
    with open(NOTE, "a") as file:
        file.write(token + "\n")
    open("/dev/shm/note", "w").close()
    return {"others": others}
