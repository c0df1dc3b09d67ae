"""An appeal: where the objection quotes the answer, the judge looks again. Its own words are no evidence."""

from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.task import Task
from mockloop.language import read_once

QUOTED_WORDS = 4
"""So many words in a row, as they stand in the answer, are a quote."""


def pointed_at(task: Task, answer: Answer) -> frozenset[int]:
    """The words of the answer, by index, that the objection quotes."""
    if not task.objection:
        return frozenset()
    reading = read_once(task.objection)
    stems = [word.stem for word in reading.words if not reading.in_order(word.start)]
    quotes = {tuple(stems[i : i + QUOTED_WORDS]) for i in range(len(stems) - QUOTED_WORDS + 1)}
    own = [word.stem for word in answer.reading.words]
    return frozenset(
        i + j
        for i in range(len(own) - QUOTED_WORDS + 1)
        if tuple(own[i : i + QUOTED_WORDS]) in quotes
        for j in range(QUOTED_WORDS)
    )
