def closest_manager(chart: "TreeNode | None", first: int, second: int) -> int:
    """Return the badge number of the lowest person whose branch holds both, or -1."""
    wanted = {first, second}
    closest = -1

    def count_wanted(person: "TreeNode | None") -> int:
        nonlocal closest
        if person is None:
            return 0
        found = count_wanted(person.left) + count_wanted(person.right) + (person.val in wanted)
        # People below are finished first, so the first complete branch is the lowest one.
        if found == len(wanted) and closest == -1:
            closest = person.val
        return found

    count_wanted(chart)
    return closest
