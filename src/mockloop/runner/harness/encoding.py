# ruff: noqa
# mypy: ignore-errors
"""First half of the Python harness: building arguments, and encoding what calls return. `driver.py` follows it.

The halves are joined into one program before they enter a sandbox.
"""

try:
    # The C parts of json. The module itself costs as much as starting Python, because it brings `re` and `enum`.
    from _json import encode_basestring_ascii as quote
    from _json import make_scanner
except ImportError:
    import json

    quote, make_scanner = json.dumps, None

DEPTH = 200


class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class Unreturnable(Exception):
    """The value cannot travel out of the sandbox; the text says why."""


class Reading:
    """What `make_scanner` asks of its decoder."""

    strict = False
    object_hook = object_pairs_hook = parse_constant = None
    parse_float, parse_int, memo = float, int, {}


def read_json(line):
    text = line.decode("utf-8", "surrogatepass")
    return json.loads(text) if make_scanner is None else make_scanner(Reading)(text, 0)[0]


def json_of(value):
    """JSON text of what `encode` gives: exact types only, so nothing of the candidate's is asked."""
    kind = type(value)
    if kind is str:
        return quote(value)
    if value is None or kind is bool:
        return {None: "null", True: "true", False: "false"}[value]
    if kind is int or kind is float:
        return repr(value)
    if kind is list:
        return "[" + ",".join([json_of(item) for item in value]) + "]"
    return "{" + ",".join([quote(key) + ":" + json_of(item) for key, item in value.items()]) + "}"


def build(kind, value):
    if kind == "list_node" and value is not None:
        head = None
        for item in reversed(value):
            head = ListNode(item, head)
        return head
    if kind == "tree_node":
        return build_tree(value)
    return value


def build_tree(values):
    import collections

    if not values or values[0] is None:
        return None
    root = TreeNode(values[0])
    waiting, at = collections.deque([root]), 1
    while waiting and at < len(values):
        node = waiting.popleft()
        for side in ("left", "right"):
            if at < len(values):
                if values[at] is not None:
                    child = TreeNode(values[at])
                    setattr(node, side, child)
                    waiting.append(child)
                at += 1
    return root


def flatten_list(node, above):
    items, seen = [], set()
    while node is not None:
        if id(node) in seen:
            raise Unreturnable("the returned linked list runs in a circle")
        seen.add(id(node))
        if type(node) is not ListNode and not hasattr(node, "next"):
            raise Unreturnable(f"a {type(node).__name__} is linked where a ListNode belongs")
        items.append(encode(node.val, above))
        node = node.next
    return items


def flatten_tree(root, above):
    import collections

    items, waiting, seen = [], collections.deque([root]), set()
    while waiting:
        node = waiting.popleft()
        if node is None:
            items.append(None)
            continue
        if id(node) in seen:
            raise Unreturnable("the returned tree contains a node twice")
        seen.add(id(node))
        if type(node) is not TreeNode and not (hasattr(node, "left") and hasattr(node, "right")):
            raise Unreturnable(f"a {type(node).__name__} hangs where a TreeNode belongs")
        items.append(encode(node.val, above))
        waiting.append(node.left)
        waiting.append(node.right)
    while items and items[-1] is None:
        items.pop()
    return items


def encode(value, above=()):
    """`value` as JSON with tags. Exact types only: what a subclass pretends to be does not count."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if -(1 << 62) < value < (1 << 62) else {"$": "bigint", "v": hex(value)}
    if kind is float:
        if value - value == 0:  # neither infinite nor nan
            return value
        return {"$": "float", "v": "nan" if value != value else "inf" if value > 0 else "-inf"}
    if kind is ListNode:
        return {"$": "list_node", "v": flatten_list(value, above)}
    if kind is TreeNode:
        return {"$": "tree_node", "v": flatten_tree(value, above)}
    return encode_container(value, kind, above)


def encode_container(value, kind, above):
    import collections

    if id(value) in above:
        raise Unreturnable("the returned value contains itself")
    if len(above) >= DEPTH:
        raise Unreturnable(f"the returned value is nested more than {DEPTH} levels deep")
    above = (*above, id(value))
    if kind is list or kind is collections.deque:
        return [encode(item, above) for item in value]
    if kind is tuple:
        return {"$": "tuple", "v": [encode(item, above) for item in value]}
    if kind is set or kind is frozenset:
        return {"$": "set", "v": [encode(item, above) for item in value]}
    if kind in (dict, collections.defaultdict, collections.Counter, collections.OrderedDict):
        pairs = [(key, encode(item, above)) for key, item in dict.items(value)]
        if all(type(key) is str for key, _ in pairs) and "$" not in value:
            return dict(pairs)
        return {"$": "map", "v": [[encode(key, above), item] for key, item in pairs]}
    if kind in (bytes, bytearray):
        return {"$": "bytes", "v": bytes(value).hex()}
    if kind is range or kind in (type({}.keys()), type({}.values()), type({}.items())):
        return [encode(item, above) for item in value]
    # A candidate may bring a class of their own for the nodes.
    if kind.__name__ == "ListNode" and hasattr(value, "val") and hasattr(value, "next"):
        return {"$": "list_node", "v": flatten_list(value, above)}
    if kind.__name__ == "TreeNode" and hasattr(value, "left") and hasattr(value, "right"):
        return {"$": "tree_node", "v": flatten_tree(value, above)}
    return {"$": "object", "v": kind.__name__[:80]}


def encode_returned(value, kind):
    if kind == "list_node":
        return [] if value is None else flatten_list(value, ())
    if kind == "tree_node":
        return [] if value is None else flatten_tree(value, ())
    return encode(value)
