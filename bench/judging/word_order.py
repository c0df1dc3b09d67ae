"""Makes the table of `mockloop.language.word_order` from human answers, and prints how well it tells shuffled ones.

Usage: python -m bench.judging.word_order FOLDER, where FOLDER holds the two graded sets that `docs/scoring.md` names.
Only how often kinds of words follow each other is kept; no text of the sets goes into the table.
"""

import csv
import gzip
import math
import random
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from mockloop.language.word_order import KINDS, kind_of, order_score
from mockloop.language.words import words_of


def answers(folder: Path) -> list[list[str]]:
    """The kinds of the words of every answer of at least eight words that people found right at least in half."""
    texts = []
    with gzip.open(folder / "saf_networks_en.csv.gz", "rt", encoding="utf-8") as file:
        texts += [r["answer"] for r in csv.DictReader(file) if float(r["score"]) >= 0.5 * float(r["max_score"])]
    with gzip.open(folder / "semeval2013_3way.csv.gz", "rt", encoding="utf-8") as file:
        texts += [r["answer"] for r in csv.DictReader(file) if r["label"] == "correct"]
    kinds = [[kind_of(word.text) for word in words_of(text)] for text in texts]
    return [one for one in kinds if len(one) >= 8]


def table(texts: list[list[str]]) -> dict[tuple[str, str], int]:
    """Ten times the logarithm of how much more often a pair occurs than by chance, cut at 25."""
    single = Counter(kind for text in texts for kind in text)
    pairs = Counter(pair for text in texts for pair in pairwise(text))
    words, total = single.total(), pairs.total()
    smooth = 0.5
    return {
        (a, b): max(
            -25,
            min(
                25,
                round(
                    10
                    * math.log(
                        (pairs[a, b] + smooth)
                        / (total + smooth * len(KINDS) ** 2)
                        / ((single[a] / words) * (single[b] / words))
                    )
                ),
            ),
        )
        for a in KINDS
        for b in KINDS
    }


def main() -> None:
    texts = answers(Path(sys.argv[1]))
    made = table(texts)
    print("       " + " ".join(f"{kind:>5}" for kind in KINDS))
    for a in KINDS:
        print(f"{a:>6} " + " ".join(f"{made[a, b]:>5}" for b in KINDS))
    for low, high in ((12, 30), (30, 60), (60, 400)):
        some = [text for text in texts if low <= len(text) < high]
        real = sorted(order_score(text, made) for text in some)
        mixed = sorted(order_score(random.Random(i).sample(text, len(text)), made) for i, text in enumerate(some))
        at = [round(real[int(share * (len(real) - 1))], 2) for share in (0.01, 0.05, 0.5)]
        shuffled = [round(mixed[int(share * (len(mixed) - 1))], 2) for share in (0.5, 0.95, 0.99)]
        print(f"{low}-{high} words: {len(some)} answers, 1/5/50 % {at}; the same shuffled, 50/95/99 % {shuffled}")


if __name__ == "__main__":
    main()
