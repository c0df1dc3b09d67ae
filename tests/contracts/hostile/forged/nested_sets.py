# Sets in sets: a comparison by text of text would double what it writes at every level.
def answer(token):
    value = 'a "quoted" word'
    for _ in range(150):
        value = frozenset([value])
    return value
