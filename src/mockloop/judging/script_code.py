"""What the tokens of JavaScript or TypeScript show a reviewer. Called by `code_reading`; the code is never run."""

import re
from collections import Counter
from dataclasses import dataclass

from mockloop.judging.findings import Finding, commented_out, left_to_do, names_findings
from mockloop.runner.contract import Language

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<text>`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      | (?P<word>[A-Za-z_$][\w$]*)
      | (?P<number>\d[\w.]*)
      | (?P<sign>===|!==|=>|==|!=|&&|\|\||\+\+|--|[-+*/%<>]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK_ENDS = frozenset({"}", "case", "default", ""})


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


def read_script(source: str, language: Language, entry_point: str) -> list[Finding]:
    """Findings in a JavaScript or TypeScript source."""
    tokens, comments = _tokens(source)
    found = [*commented_out(comments), *left_to_do(comments)]
    found += _prints(tokens)
    found += _dead(tokens)
    declared = _declared(tokens)
    found += _unused(tokens, declared, entry_point)
    found += _habits(tokens, language)
    own = {name: line for name, line in declared.items() if name != entry_point}
    found += names_findings(own, snake=False)
    return found


def _tokens(source: str) -> tuple[list[_Token], list[tuple[int, str]]]:
    tokens: list[_Token] = []
    comments: list[tuple[int, str]] = []
    line = 1
    for match in _TOKEN.finditer(source):
        kind, text = str(match.lastgroup), match.group()
        if kind == "comment":
            doc = text.startswith("/**")
            comments += [(line + i, part.strip("/* \t")) for i, part in enumerate(text.split("\n")) if not doc]
        elif kind != "space":
            tokens.append(_Token(kind, text, line))
        line += text.count("\n")
    return tokens, comments


def _prints(tokens: list[_Token]) -> list[Finding]:
    lines = [
        token.line
        for i, token in enumerate(tokens)
        if (token.text == "console" and _text(tokens, i + 1) == ".") or token.text == "debugger"
    ]
    if not lines:
        return []
    return [
        Finding("cleanliness", min(0.6, 0.25 * len(lines)), lines[0], "output for debugging was left in the solution")
    ]


def _text(tokens: list[_Token], i: int) -> str:
    return tokens[i].text if 0 <= i < len(tokens) else ""


def _dead(tokens: list[_Token]) -> list[Finding]:
    """A statement after `return …;` in the same block. `if (x) return;` without braces is no jump of its block."""
    for i, token in enumerate(tokens):
        if token.text not in ("return", "break", "continue", "throw") or _text(tokens, i - 1) not in ("{", "}", ";"):
            continue
        depth = 0
        for j in range(i + 1, min(len(tokens), i + 400)):
            text = tokens[j].text
            depth += (text in "([{") - (text in ")]}")
            if depth < 0:
                break
            if text == ";" and depth == 0:
                if _text(tokens, j + 1) not in _BLOCK_ENDS:
                    return [Finding("structure", 0.3, tokens[j + 1].line, "this line can never be reached")]
                break
    return []


def _declared(tokens: list[_Token]) -> dict[str, int]:
    """Names after const, let, var, function and class, with their first line; also those of simple patterns."""
    declared: dict[str, int] = {}
    for i, token in enumerate(tokens):
        if token.text in ("function", "class") and i + 1 < len(tokens) and tokens[i + 1].kind == "word":
            declared.setdefault(tokens[i + 1].text, token.line)
        elif token.text in ("const", "let", "var"):
            j = i + 1
            if _text(tokens, j) in ("[", "{"):
                while j < len(tokens) and tokens[j].text not in ("]", "}"):
                    if tokens[j].kind == "word" and _text(tokens, j + 1) in (",", "]", "}"):
                        declared.setdefault(tokens[j].text, token.line)
                    j += 1
            elif j < len(tokens) and tokens[j].kind == "word":
                declared.setdefault(tokens[j].text, token.line)
    return declared


def _unused(tokens: list[_Token], declared: dict[str, int], entry_point: str) -> list[Finding]:
    counts = Counter(token.text for token in tokens if token.kind == "word")
    inside_texts = " ".join(token.text for token in tokens if token.kind == "text" and token.text.startswith("`"))
    return [
        Finding("structure", 0.15, line, f"`{name}` is declared and never used")
        for name, line in declared.items()
        if counts[name] == 1 and name not in (entry_point, "Solution", "_") and name not in inside_texts
    ][:4]


def _habits(tokens: list[_Token], language: Language) -> list[Finding]:
    found: dict[str, Finding] = {}
    for i, token in enumerate(tokens):
        if token.text == "var":
            found.setdefault("var", Finding("cleanliness", 0.15, token.line, "`var` where `let` or `const` belongs"))
        elif token.text in ("==", "!=") and "null" not in (_text(tokens, i + 1), _text(tokens, i - 1)):
            found.setdefault("loose", Finding("cleanliness", 0.15, token.line, f"`{token.text}` compares loosely"))
        elif language == "typescript" and token.text == "any" and _text(tokens, i - 1) in (":", "<"):
            found.setdefault("any", Finding("cleanliness", 0.1, token.line, "`any` gives up the types"))
        elif token.text == "catch" and _text(tokens, i + 1) == "{" and _text(tokens, i + 2) == "}":
            found.setdefault("catch", Finding("cleanliness", 0.2, token.line, "an empty `catch` hides every error"))
    return list(found.values())
