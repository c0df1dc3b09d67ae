def closest_manager(chart, first, second):
    def search(person):
        if person is None or person.val in (first, second):
            return person
        left = search(person.left)
        right = search(person.right)
        if left and right:
            return person
        return left or right

    found = search(chart)
    return found.val if found else -1
