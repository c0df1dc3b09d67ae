"""Code quality: what a reviewer would remark about the code that was tested. Worth no more than what the code does."""

from collections.abc import Sequence

from mockloop.judging.checking import Checked
from mockloop.judging.code_reading import CodeReading, by_criterion
from mockloop.judging.evidence import NEVER, code_at, criterion, mark_of
from mockloop.judging.findings import Finding
from mockloop.judging.scorecard import CriterionMark, Dimension
from mockloop.judging.weights import CAP_FACTOR, POINTS, TITLES

_POINTS = POINTS["quality"]
_TEXTS = {
    "complexity": "Functions are short, flat and have few paths",
    "naming": "Names say what they hold and are written as the language writes them",
    "structure": "Nothing is repeated, unused or unreachable",
    "cleanliness": "No debugging output, switched-off code or careless habits are left behind",
}


def mark_quality(checked: Checked | None, reading: CodeReading | None, correctness: float) -> Dimension:
    """The dimension; `correctness` (0-100) caps it. `reading` is None when there is no code."""
    title = TITLES["quality"]
    if checked is None or reading is None:
        why = "There is no code to read."
        nothing = tuple(criterion(id, text, 0.0, _POINTS[id], why, [NEVER]) for id, text in _TEXTS.items())
        return Dimension(id="quality", title=title, mark=0, explanation=why, criteria=nothing)
    criteria = tuple(_mark(id, checked, reading) for id in _TEXTS)
    mark = mark_of(criteria)
    cap = round(min(100.0, correctness * CAP_FACTOR), 1)
    explanation = _summary(reading)
    if mark > cap:
        explanation += f" The code itself would earn {mark:.0f}; it is held at {cap:.0f} because of what it gets wrong."
    return Dimension(id="quality", title=title, mark=min(mark, cap), explanation=explanation, criteria=criteria)


def _mark(id: str, checked: Checked, reading: CodeReading) -> CriterionMark:
    found = by_criterion(reading.findings, id)
    version = checked.version
    if not found:
        evidence = [code_at(version.seq, version.text)]
        return criterion(id, _TEXTS[id], 1.0, _POINTS[id], "Nothing to remark.", evidence)
    share = 1.0 - sum(finding.cost for finding in found)
    evidence = [code_at(version.seq, version.text, finding.line) for finding in found[:3]]
    return criterion(id, _TEXTS[id], share, _POINTS[id], _sentence(found), evidence)


def _sentence(found: Sequence[Finding]) -> str:
    first = "; ".join(f"line {finding.line}: {finding.text}" for finding in found[:3])
    more = f"; and {len(found) - 3} more" if len(found) > 3 else ""
    return f"{first[0].upper()}{first[1:]}{more}."


def _summary(reading: CodeReading) -> str:
    if not reading.functions:
        return "The code was read line by line."
    functions = "one function" if reading.functions == 1 else f"{reading.functions} functions"
    return (
        f"{functions[0].upper()}{functions[1:]}; the longest has {reading.longest} lines, "
        f"the most branched {reading.most_branches} paths."
    )
