def is_balanced(note):
    marks = "".join(character for character in note if character in "()[]{}")
    before = None
    while marks != before:
        before = marks
        for pair in ("()", "[]", "{}"):
            marks = marks.replace(pair, "")
    return marks == ""
