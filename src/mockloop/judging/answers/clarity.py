"""How clearly it is said: hedges, fillers, repetition, length against content. Advice only; no mark depends on it."""

from collections import Counter

from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.task import Remark

_HEDGES, _FILLERS, _REPEATS = 4, 5, 3
_REPEATED_WORDS = 5
_LONG, _THIN = 220, 0.3
"""An answer of more words than the first, of which fewer than the second say something new, is long-winded."""


def clarity_of(answer: Answer) -> tuple[Remark, ...]:
    """What could be said more clearly, each with a quote."""
    remarks = []
    hedges, fillers = answer.cued("clarity.hedge"), answer.cued("clarity.filler")
    if len(hedges) >= _HEDGES:
        remarks.append(_remark(answer, f"You hedge {len(hedges)} times. Say what you know plainly.", hedges[0].first))
    if len(fillers) >= _FILLERS and len(fillers) >= answer.words / 20:
        remarks.append(_remark(answer, f"{len(fillers)} filler words. Pause instead.", fillers[0].first))
    repeated = _repeated(answer)
    if repeated is not None:
        remarks.append(_remark(answer, "You say this several times. Once is enough.", repeated))
    if answer.words > _LONG and len(answer.telling) < _THIN * answer.words and answer.said.kept:
        text = f"{answer.words} words for what half of them could say. Give the claim first, then one reason."
        remarks.append(_remark(answer, text, answer.said.kept[0]))
    return tuple(remarks)


def _repeated(answer: Answer) -> int | None:
    """The word at which a stretch begins that is said three times or more; the earliest of the most frequent."""
    stems = [word.stem for word in answer.reading.words]
    counts = Counter(tuple(stems[i : i + _REPEATED_WORDS]) for i in range(len(stems) - _REPEATED_WORDS + 1))
    most = max(counts.values(), default=0)
    if most < _REPEATS:
        return None
    return next(i for i in range(len(stems)) if counts[tuple(stems[i : i + _REPEATED_WORDS])] == most)


def _remark(answer: Answer, text: str, at: int) -> Remark:
    start, end = answer.quote(at, at)
    return Remark(text=text, quote=answer.text[start:end])
