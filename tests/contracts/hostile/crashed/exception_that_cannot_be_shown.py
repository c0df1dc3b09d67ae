class Rude(Exception):
    def __str__(self):
        raise RuntimeError("no")

    __repr__ = __str__


raise Rude
