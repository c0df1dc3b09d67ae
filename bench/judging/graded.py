"""How well marks agree with people's, on two public sets of graded answers.

The sets are read from a folder outside the project; nothing of them is shipped.
SAF: Filighera et al., ACL 2022. SemEval 2013 task 7: Dzikovska et al.
"""

import csv
import gzip
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.task import Example, Task

SAF, SEMEVAL = "saf_networks_en.csv.gz", "semeval2013_3way.csv.gz"
_TESTS = (
    ("beetle", "test-unseen-answers"), ("beetle", "test-unseen-questions"), ("sciEntsBank", "test-unseen-answers"),
    ("sciEntsBank", "test-unseen-questions"), ("sciEntsBank", "test-unseen-domains"),
)  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """A mark of the judge, 0 to 100, beside a person's: a share of the full mark, or 1 for correct and 0 for not."""

    mark: float
    person: float
    label: str
    question: str


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(folder / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def saf(folder: Path, split: str, *, with_training: bool = False) -> list[Marked]:
    """The marks of one official split; `with_training` gives graded answers to the same question."""
    data = rows(folder, SAF)
    examples: dict[str, list[Example]] = {}
    for row in data:
        if row["split"] == "training":
            mark = 100 * float(row["score"]) / float(row["max_score"])
            examples.setdefault(row["qfile"], []).append(Example(answer=row["answer"][:20_000], mark=mark))
    found = []
    for row in data:
        if row["split"] != split:
            continue
        task = Task(
            question=row["question"],
            reference=row["reference"],
            answer=row["answer"],
            kind="concept",
            examples=tuple(examples.get(row["qfile"], ())[:50]) if with_training else (),
        )
        person = float(row["score"]) / float(row["max_score"])
        found.append(Marked(grade(task).mark, person, row["verification"], row["qfile"]))
    return found


def semeval(folder: Path) -> Iterator[tuple[str, list[Marked]]]:
    """The five tests, each with its name. All references that a question has are given, as alternatives."""
    data = rows(folder, SEMEVAL)
    for corpus, split in _TESTS:
        found = []
        for row in data:
            if row["corpus"] == corpus and row["split"] == split:
                reference = " || ".join(part for part in (row["reference"], row["other_references"]) if part.strip())
                task = Task(question=row["question"], reference=reference, answer=row["answer"], kind="concept")
                found.append(Marked(grade(task).mark, float(row["label"] == "correct"), row["label"], row["qid"]))
        yield f"{corpus} {split}", found


def pearson(a: Sequence[float], b: Sequence[float]) -> float:
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    top = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    bottom = (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5
    return top / bottom if bottom else 0.0


def auc(found: Sequence[Marked]) -> float:
    """The chance that a correct answer has a higher mark than another; half for equal ones."""
    ordered = sorted(found, key=lambda one: one.mark)
    below = wins = 0.0
    for _, group in groupby(ordered, key=lambda one: one.mark):
        same = list(group)
        right = sum(one.person for one in same)
        wrong = len(same) - right
        wins += right * (below + wrong / 2)
        below += wrong
    right = sum(one.person for one in found)
    return wins / (right * (len(found) - right))


def monotone(marks: Sequence[float], person: Sequence[float]) -> list[tuple[float, float]]:
    """Isotonic regression by pooling adjacent violators: steps of (mark from which, value)."""
    blocks: list[list[float]] = []  # mark from which, sum, count
    for mark, value in sorted(zip(marks, person, strict=True)):
        blocks.append([mark, value, 1])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1][1] += last[1]
            blocks[-1][2] += last[2]
    return [(mark, total / count) for mark, total, count in blocks]


def mapped(steps: Sequence[tuple[float, float]], mark: float) -> float:
    value = steps[0][1]
    for from_mark, step in steps:
        if mark < from_mark:
            break
        value = step
    return value


def kappa(a: Sequence[int], b: Sequence[int], top: int) -> float:
    """Quadratic weighted kappa of two lists of whole numbers from 0 to `top`."""
    count = len(a)
    seen = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) / count
    expected = sum((x - y) ** 2 for x in a for y in b) / count**2
    return 1 - seen / expected if expected else 0.0


def report(folder: Path) -> list[dict[str, float | int | str | None]]:
    """Every figure, a row each."""
    found: list[dict[str, float | int | str | None]] = []
    began = time.perf_counter()
    training = saf(folder, "training")
    spent = (time.perf_counter() - began) / len(training)
    steps = monotone([one.mark for one in training], [one.person for one in training])
    for split, with_training in (("unseen_questions", False), ("unseen_answers", False), ("unseen_answers", True)):
        marked = saf(folder, split, with_training=with_training)
        marks, person = [one.mark for one in marked], [one.person for one in marked]
        fitted = [mapped(steps, mark) for mark in marks]
        rmse = (sum((x - y) ** 2 for x, y in zip(fitted, person, strict=True)) / len(marked)) ** 0.5
        agreed = kappa([round(4 * x) for x in fitted], [round(4 * y) for y in person], 4)
        found.append(
            {
                "name": f"SAF {split}" + (", graded examples given" if with_training else ""),
                "answers": len(marked),
                "r": round(pearson(marks, person), 3),
                "r after the map": round(pearson(fitted, person), 3),
                "rmse after the map": round(rmse, 3),
                "kappa": round(agreed, 3),
            }
        )
    found[0]["ms an answer"] = round(1000 * spent, 2)
    areas = []
    for name, marked in semeval(folder):
        contradictory = [one for one in marked if one.label != "incorrect"]
        areas.append(auc(marked))
        found.append(
            {
                "name": f"SemEval {name}",
                "answers": len(marked),
                "AUC": round(areas[-1], 3),
                "AUC contradictory": round(auc(contradictory), 3),
            }
        )
    found.append({"name": "SemEval, mean of five", "AUC": round(sum(areas) / len(areas), 3)})
    return found
