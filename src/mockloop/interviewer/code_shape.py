"""How deeply a candidate's loops over the input nest: enough to doubt a claimed "linear". Read, never run."""

import ast
import re

from mockloop.runner.contract import Language

_HEADER = re.compile(r"\bfor\s*\(([^{;]*(?:;[^{]*?)?)\)\s*\{?|\.forEach\s*\(")
_GROWING = re.compile(r"\.length\b|\.size\b|\bof\s+[A-Za-z_$][\w$]*\s*$|<=?\s*[A-Za-z_$]")


def loop_depth(source: str, language: Language) -> int:
    """The depth of `for` loops over something that grows with the input; 0 for code that cannot be read.

    `while` loops and loops over a part of something (`graph[node]`) do not count: over the whole run they often do no
    more than one loop does.
    """
    return _python_depth(source) if language == "python" else _script_depth(source)


def _python_depth(source: str) -> int:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return 0
    deepest = 0
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, ast.For) and _grows(node.iter):
            depth += 1
            deepest = max(deepest, depth)
        waiting += [(child, depth) for child in ast.iter_child_nodes(node)]
    return deepest


def _grows(iterated: ast.expr) -> bool:
    match iterated:
        case ast.Name():
            return True
        case ast.Call(func=ast.Name(id="range"), args=arguments):
            return not all(isinstance(argument, ast.Constant) for argument in arguments)
        case ast.Call(func=ast.Name(id="enumerate" | "reversed" | "sorted"), args=[ast.Name(), *_]):
            return True
    return False


def _script_depth(source: str) -> int:
    """As for Python, by the braces of JavaScript and TypeScript; strings and comments are taken out first."""
    code = re.sub(r"//[^\n]*|/\*.*?\*/|'[^'\n]*'|\"[^\"\n]*\"|`[^`]*`", " ", source[:64_000], flags=re.DOTALL)
    heads = {
        found.end(): found.group().startswith(".forEach") or bool(_GROWING.search(found.group(1) or ""))
        for found in _HEADER.finditer(code)
    }
    deepest, open_loops, pending = 0, [], False
    for at, letter in enumerate(code):
        pending = heads.get(at, False) or pending
        if letter == "{":
            open_loops.append(pending or (heads.get(at + 1, False)))
            pending = False
            deepest = max(deepest, sum(open_loops))
        elif letter == "}" and open_loops:
            open_loops.pop()
        elif letter == ";":
            pending = False
    return deepest
