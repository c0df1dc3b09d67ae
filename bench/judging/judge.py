"""How far the judge of answers can be trusted: `make bench-judge`, or `python -m bench.judging.judge --help`.

Prints how its marks agree with people's, what the traps of the battery get at worst, and how long an answer takes.
"""

import argparse
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.history import Figures, keep, show
from bench.judging.graded import SAF, SEMEVAL, report
from bench.judging.traps import FAIR, GOOD, TRAP, Question, answers, battery
from mockloop.judging.answers.grade import grade

GOOD_FROM, TRAP_TO, APART = 7, 3, 4


@dataclass(frozen=True)
class Cell:
    """One answer of the battery with its marks."""

    question: Question
    sort: str
    name: str
    mark: float
    mark10: int
    confidence: float

    @property
    def group(self) -> str:
        return self.name.split(" to ")[0].rstrip(" 0123456789") if self.sort != GOOD else self.name


def mark_battery(questions: Sequence[Question]) -> tuple[list[Cell], float]:
    """Every answer marked, and the milliseconds that one took on average."""
    cells = []
    spent = 0.0
    for question in questions:
        for sort, name, text in answers(question, list(questions)):
            task = question.task(text)
            began = time.perf_counter()
            result = grade(task)
            spent += time.perf_counter() - began
            cells.append(Cell(question, sort, name, result.mark, result.mark10, result.confidence))
    return cells, 1000 * spent / len(cells)


def battery_rows(cells: Sequence[Cell]) -> list[Figures]:
    """A row per kind of answer: of 10 at worst, in the middle, at best; how many miss; of those, how many say so."""
    found: list[Figures] = []
    for sort in (GOOD, FAIR, TRAP):
        groups: dict[str, list[Cell]] = {}
        for cell in cells:
            if cell.sort == sort:
                groups.setdefault(cell.group, []).append(cell)
        for name, some in sorted(groups.items()):
            marks = sorted(cell.mark10 for cell in some)
            missed = [cell for cell in some if _misses(cell)]
            found.append(
                {
                    "name": f"{sort}: {name}",
                    "answers": len(some),
                    "worst": marks[-1] if sort == TRAP else marks[0],
                    "median": statistics.median(marks),
                    "best": marks[0] if sort == TRAP else marks[-1],
                    "miss": len(missed),
                    "miss, low confidence": sum(cell.confidence < 0.5 for cell in missed),
                }
            )
    return found


def _misses(cell: Cell) -> bool:
    return (cell.sort == GOOD and cell.mark10 < GOOD_FROM) or (cell.sort == TRAP and cell.mark10 > TRAP_TO)


def worst(cells: Sequence[Cell], most: int = 12) -> list[Figures]:
    """The answers that miss by most, surest first."""
    missed = sorted(
        (cell for cell in cells if _misses(cell)),
        key=lambda cell: (-abs(cell.mark10 - (GOOD_FROM if cell.sort == GOOD else TRAP_TO)), -cell.confidence),
    )
    return [
        {"name": f"{cell.question.name}: {cell.name}", "of 10": cell.mark10, "confidence": cell.confidence}
        for cell in missed[:most]
    ]


def apart(cells: Sequence[Cell]) -> Figures:
    """How far the worst clear good answer of each question lies above its best trap, other questions' answers apart."""
    gaps = []
    for name in sorted({cell.question.name for cell in cells}):
        own = [cell for cell in cells if cell.question.name == name]
        good = min(cell.mark10 for cell in own if cell.name == "good 1")
        trap = max(cell.mark10 for cell in own if cell.sort == TRAP and not cell.name.startswith("good answer"))
        gaps.append(good - trap)
    return {
        "name": "good 1 less the best trap",
        "questions": len(gaps),
        "worst": min(gaps),
        "median": statistics.median(gaps),
        f"at least {APART}": sum(gap >= APART for gap in gaps),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, help=f"folder with {SAF} and {SEMEVAL}; graded sets are left out without it"
    )
    options = parser.parse_args()
    load = os.getloadavg()[0]
    rows: list[Figures] = []
    questions = battery()
    cells, spent = mark_battery(questions)
    for held_out in (False, True):
        part = [cell for cell in cells if cell.question.held_out == held_out]
        title = "questions held out" if held_out else "questions seen while tuning"
        found = [*battery_rows(part), apart(part)]
        show(f"battery, {title}", found)
        rows += [{**row, "part": title} for row in found]
        show("  of these, the farthest off", worst(part))
    timing: Figures = {"name": "an answer", "ms": round(spent, 2), "answers": len(cells), "questions": len(questions)}
    show("time", [timing])
    rows.append(timing)
    folder = options.data or _data()
    if folder is None:
        print("\ngraded sets: not found; give their folder with --data")
    else:
        graded = report(folder)
        show("agreement with people", graded)
        rows += graded
    keep("judge", rows, load)


def _data() -> Path | None:
    """The folder named by the environment, or `grading` beside the checkout or beside a folder `shared`."""
    named = os.environ.get("MOCKLOOP_GRADING")
    root = Path(__file__).parents[2]
    places = [Path(named)] if named else [root.parent / "grading", root.parent / "shared" / "grading"]
    return next((place for place in places if (place / SAF).exists() and (place / SEMEVAL).exists()), None)


if __name__ == "__main__":
    main()
