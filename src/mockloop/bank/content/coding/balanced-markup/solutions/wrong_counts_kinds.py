def is_balanced(note):
    depth = {"(": 0, "[": 0, "{": 0}
    opener_of = {")": "(", "]": "[", "}": "{"}
    for character in note:
        if character in depth:
            depth[character] += 1
        elif character in opener_of:
            depth[opener_of[character]] -= 1
            if depth[opener_of[character]] < 0:
                return False
    return all(count == 0 for count in depth.values())
