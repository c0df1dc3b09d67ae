OPENER_OF = {")": "(", "]": "[", "}": "{"}
OPENERS = set(OPENER_OF.values())


def is_balanced(note: str) -> bool:
    """Tell whether every bracket of the note is closed by its own kind and in the right order."""
    still_open: list[str] = []
    for character in note:
        if character in OPENERS:
            still_open.append(character)
        elif character in OPENER_OF:
            if not still_open or still_open.pop() != OPENER_OF[character]:
                return False
    return not still_open
