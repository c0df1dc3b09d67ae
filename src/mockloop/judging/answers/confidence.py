"""How sure the judge is, and the band in which another marker's mark would probably lie."""

from math import ceil, floor

from mockloop.judging.answers import weights as w
from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.rubric import Judged
from mockloop.judging.answers.task import Band

_CERTAIN = {"empty": 0.99, "orders_only": 0.97, "dont_know": 0.95, "echo": 0.9, "noise": 0.9, "too_short": 0.85}
_FAIRLY = {"keywords": 0.7, "shuffled": 0.65, "denied": 0.55, "vague": 0.55, "no_story": 0.65}
_UNSURE = 0.35
_HALF_WIDTH, _DOUBT_WIDTH = 7, 28
_NAMES: tuple[tuple[float, str], ...] = ((15, "not an answer"), (35, "weak"), (65, "partial"), (80, "good"))


def confidence_of(answer: Answer, judged: Judged, flags: tuple[str, ...]) -> float:
    """0 to 1. Below 0.5 the words alone do not decide it, and the interviewer should ask again."""
    for table in (_CERTAIN, _FAIRLY):
        known = [table[flag] for flag in flags if flag in table]
        if known:
            return max(known) if table is _CERTAIN else min(known)
    if "unaided" in flags:
        return 0.2
    if judged.told is not None:
        return round(_story(judged), 2)
    if judged.statements is None:
        return _UNSURE
    return round(_statements(answer, judged), 2)


def _story(judged: Judged) -> float:
    told = judged.told
    if told is None:
        return _UNSURE
    if any(part.id == "future" for part in told.parts):
        return 0.65  # an introduction: nobody asks for a certain story
    if not told.relevance.competencies:
        return 0.45
    if told.relevance.score < w.RELEVANCE_CLEAR:
        return 0.4
    return 0.6 if judged.mark < 0.5 else 0.7


def _statements(answer: Answer, judged: Judged) -> float:
    """Least sure on the edge of the subject, and where much is said in words that nobody expected."""
    found = judged.statements
    if found is None:
        return _UNSURE
    if found.on_topic <= w.SURELY_OFF:
        return 0.45 if len(answer.telling) >= w.MUCH_SAID and found.topic > 0.25 else 0.7
    if found.on_topic < 1:
        return 0.3 + 0.3 * abs(2 * found.on_topic - 1)
    return 0.62 + 0.2 * min(1.0, found.detail) * found.mark


def band_of(mark: float, confidence: float) -> Band:
    """The band around a mark: wider, the less sure the judge is."""
    half = _HALF_WIDTH + _DOUBT_WIDTH * (1 - confidence)
    name = next((name for below, name in _NAMES if mark < below), "strong")
    return Band.model_validate({"low": max(0, floor(mark - half)), "high": min(100, ceil(mark + half)), "name": name})
