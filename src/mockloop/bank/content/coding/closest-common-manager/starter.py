# The nodes of the chart are given to you as objects of this class:
#
# class TreeNode:
#     val: int
#     left: "TreeNode | None"
#     right: "TreeNode | None"


def closest_manager(chart: "TreeNode | None", first: int, second: int) -> int:
    """Return the badge number of the lowest person whose branch holds both, or -1."""
    return 0
