def is_balanced(note: str) -> bool:
    """Tell whether every bracket of the note is closed by its own kind and in the right order."""
    return False
