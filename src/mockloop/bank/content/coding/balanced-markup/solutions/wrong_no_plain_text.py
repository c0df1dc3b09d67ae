def is_balanced(note):
    closer_of = {"(": ")", "[": "]", "{": "}"}
    stack = []
    for character in note:
        if character in closer_of:
            stack.append(closer_of[character])
        elif not stack or stack.pop() != character:
            return False
    return not stack
