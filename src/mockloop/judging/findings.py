"""One remark about code, and what every language has in common: names that say nothing, comments that hold code."""

import re
from dataclasses import dataclass
from typing import Literal

Topic = Literal["complexity", "naming", "structure", "cleanliness"]


@dataclass(frozen=True)
class Finding:
    """`cost` is the share of its criterion that it takes away; `line` is 1-based."""

    criterion: Topic
    cost: float
    line: int
    text: str


SHORT_NAMES = frozenset("abcdefghijklmnpqrstuvwxyz_") | {"lo", "hi", "dp", "id", "it"}
"""Short names that readers of algorithms expect: indexes, sizes, coordinates, neighbours."""

_EMPTY_NAMES = frozenset(
    [
        *("foo", "bar", "baz", "qux", "tmp", "temp", "stuff", "thing", "things", "asdf", "blah", "data1", "myvar"),
        *("variable", "obj1", "aaa", "bbb", "xxx", "test123", "func", "func1", "helper1", "dummy", "whatever"),
    ]
)
_CODE_IN_COMMENT = re.compile(
    r"^\s*(?:"
    r"(?:if|for|while|elif|else|def|class|switch|function|try|except|catch)\b[^.]*[:{]\s*$"
    r"|(?:return|import|from\s+[\w.]+\s+import|const|let|var|throw|raise|yield|await|del)\s+[\w\[({'\"-].*[\])};\w'\"]\s*$"
    r"|[\w.\[\]'\"]+\s*(?:[-+*/|&]?=)\s*[^=\s].*"
    r"|[\w.]+\([^)]*\)\s*;?\s*$"
    r"|[})\]];?\s*$"
    r")"
)
_PROSE_RETURN = re.compile(
    r"^\s*(?:return|import|from)\s+(?:the|a|an|all|its|every|each|true if|false if|if|how|what)\b", re.I
)


def is_code(comment: str) -> bool:
    """Whether the text of a comment is switched-off code and not a sentence."""
    return bool(_CODE_IN_COMMENT.match(comment)) and not _PROSE_RETURN.match(comment) and len(comment.strip()) > 2


def commented_out(comments: list[tuple[int, str]]) -> list[Finding]:
    """(line, text) of comments -> one finding for all that hold code; a single line may be an example."""
    lines = [line for line, text in comments if is_code(text)]
    if not lines:
        return []
    cost = 0.15 if len(lines) == 1 else 0.4
    return [Finding("cleanliness", cost, lines[0], f"{_count(lines)} switched off with comments were left behind")]


def left_to_do(comments: list[tuple[int, str]]) -> list[Finding]:
    """Notes to oneself that were never done."""
    return [
        Finding("cleanliness", 0.15, line, "a note to yourself was left open")
        for line, text in comments
        if re.match(r"\s*(?:TODO|FIXME|XXX|HACK)\b", text)
    ][:2]


def names_findings(names: dict[str, int], *, snake: bool) -> list[Finding]:
    """(name -> first line) of what the code names; one finding per name that says nothing, few for style."""
    found = []
    counted = 0
    for name, line in names.items():
        if name.strip("_") == "" or name in SHORT_NAMES:
            continue
        if name.lower() in _EMPTY_NAMES or re.fullmatch(r"[a-zA-Z]\d{1,2}|([a-z])\1{2,}", name):
            found.append(Finding("naming", 0.2, line, f"`{name}` does not say what it holds"))
        elif len(name) == 1:
            found.append(Finding("naming", 0.1, line, f"`{name}` is a single letter"))
        elif snake and re.search(r"[a-z][A-Z]", name) and not name[0].isupper():
            counted += 1
            if counted == 1:
                found.append(Finding("naming", 0.15, line, f"`{name}` is not written the way Python names are"))
        elif not snake and re.search(r"[a-z]_[a-z]", name):
            counted += 1
            if counted == 1:
                found.append(Finding("naming", 0.15, line, f"`{name}` is not written the way JavaScript names are"))
    singles = [name for name in names if len(name) == 1 and name in SHORT_NAMES - {"_"}]
    if len(names) >= 5 and len(singles) > 0.6 * len(names):
        line = names[singles[0]]
        found.append(Finding("naming", 0.4, line, f"{len(singles)} of {len(names)} names are single letters"))
    return found


def _count(lines: list[int]) -> str:
    return "one line of code" if len(lines) == 1 else f"{len(lines)} lines of code"
