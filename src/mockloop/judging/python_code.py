"""What Python's syntax tree shows a reviewer. Called by `code_reading`; the code is parsed, never run."""

import ast
import io
import tokenize
import warnings
from itertools import pairwise

from mockloop.judging.findings import Finding, commented_out, left_to_do, names_findings

_JUMPS = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def read_python(source: str, entry_point: str) -> list[Finding]:
    """Findings in a Python source; only those of its comments when it cannot be parsed."""
    comments = _comments(source)
    found = [*commented_out(comments), *left_to_do(comments)]
    tree = _parse(source)
    if tree is None:
        return found
    nodes = list(ast.walk(tree))
    found += _prints(nodes)
    found += _dead(nodes)
    found += _unused(tree, nodes, entry_point)
    found += _habits(nodes)
    found += names_findings(_names(nodes, entry_point), snake=True)
    return found


def _parse(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in the candidate's strings are not for our log
            tree = ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return tree


def _comments(source: str) -> list[tuple[int, str]]:
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
                found.append((token.start[0], token.string.lstrip("#")))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        pass  # what was read up to the fault still counts
    return found


def _prints(nodes: list[ast.AST]) -> list[Finding]:
    lines = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "breakpoint")
    ]
    if not lines:
        return []
    return [
        Finding("cleanliness", min(0.6, 0.25 * len(lines)), min(lines), "output for debugging was left in the solution")
    ]


def _dead(nodes: list[ast.AST]) -> list[Finding]:
    """Statements right after a return, raise, break or continue; branches that are never taken."""
    found = []
    for node in nodes:
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if not isinstance(block, list):
                continue
            for statement, following in pairwise(block):
                if isinstance(statement, _JUMPS):
                    found.append(Finding("structure", 0.3, following.lineno, "this line can never be reached"))
        if isinstance(node, ast.If) and isinstance(node.test, ast.Constant):
            found.append(Finding("structure", 0.2, node.lineno, "this condition is always the same"))
    return found[:3]


def _unused(tree: ast.Module, nodes: list[ast.AST], entry_point: str) -> list[Finding]:
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    loaded |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    found = []
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                name = (alias.asname or alias.name).split(".")[0]
                if name not in loaded and name != "*" and getattr(node, "module", "") != "__future__":
                    found.append(Finding("structure", 0.15, node.lineno, f"`{name}` is imported and not used"))
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) and statement.name not in loaded | {
            entry_point,
            "Solution",
        }:
            found.append(Finding("structure", 0.3, statement.lineno, f"`{statement.name}` is never used"))
    for function in (node for node in nodes if isinstance(node, ast.FunctionDef)):
        found += _unused_variables(function, loaded)
    return found[:4]


def _unused_variables(function: ast.FunctionDef, loaded: set[str]) -> list[Finding]:
    stored = {
        target.id: target.lineno
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in ([node.target] if isinstance(node, ast.AnnAssign) else node.targets)
        if isinstance(target, ast.Name)
    }
    outer = {name for node in ast.walk(function) if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names}
    return [
        Finding("structure", 0.15, line, f"`{name}` is set and never used")
        for name, line in stored.items()
        if name not in loaded | outer and not name.startswith("_")
    ]


def _habits(nodes: list[ast.AST]) -> list[Finding]:
    found: dict[str, Finding] = {}
    for node in nodes:
        match node:
            case ast.ExceptHandler(type=None):
                found.setdefault(
                    "except", Finding("cleanliness", 0.2, node.lineno, "a bare `except` hides every error")
                )
            case ast.Compare(ops=[ast.Eq() | ast.NotEq()], comparators=[ast.Constant(value=None | True | False)]):
                text = "a comparison with None, True or False by `==`"
                found.setdefault("compare", Finding("cleanliness", 0.1, node.lineno, text))
            case ast.FunctionDef() if any(
                isinstance(default, ast.List | ast.Dict | ast.Set) for default in node.args.defaults
            ):
                text = "a default value that all calls share"
                found.setdefault("default", Finding("structure", 0.3, node.lineno, text))
            case ast.Global():
                found.setdefault("global", Finding("structure", 0.3, node.lineno, "state kept in a global variable"))
            case ast.If(body=[ast.Pass()]):
                found.setdefault("pass", Finding("cleanliness", 0.1, node.lineno, "a branch that does nothing"))
    return list(found.values())


def _names(nodes: list[ast.AST], entry_point: str) -> dict[str, int]:
    """What the code itself names, with the first line; the entry point and its parameters were given."""
    names: dict[str, int] = {}
    given = {entry_point}
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.name == entry_point:
            given |= {argument.arg for argument in node.args.args}
    for node in nodes:
        match node:
            case ast.Name(ctx=ast.Store()):
                names.setdefault(node.id, node.lineno)
            case ast.FunctionDef():
                names.setdefault(node.name, node.lineno)
                for argument in node.args.args:
                    names.setdefault(argument.arg, node.lineno)
            case ast.ClassDef():
                names.setdefault(node.name, node.lineno)
    return {
        name: line for name, line in names.items() if name not in given and not name.startswith("__") and name != "self"
    }
