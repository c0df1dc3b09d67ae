"""What an answer cannot be worth more than: nothing said, the question repeated, lists, shuffled words, empty talk."""

from dataclasses import dataclass
from itertools import pairwise

from mockloop.judging.answers import weights as w
from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.marks import ramp
from mockloop.judging.answers.task import Task
from mockloop.judging.answers.terms import stems_of
from mockloop.judging.answers.wording import WORK
from mockloop.language import read
from mockloop.language.structure import broken_share
from mockloop.language.word_order import kind_of, order_score

_LONGEST_REFUSAL = 25
_ECHO, _ECHO_PAIRS = 0.8, 0.5
_FEW = 2
_SHORT_LIST, _LISTED = 0.08, 5
"""A short answer is a list when so few words hold it together and it has so many telling ones."""

_JUDGED_FROM = 12
"""Words below which neither order nor emptiness can be told."""


@dataclass(frozen=True, slots=True)
class Floors:
    """`flags` say what was found; the mark is at most `cap`, and is multiplied by `factor`."""

    flags: tuple[str, ...]
    cap: float
    factor: float


def floors_of(task: Task, answer: Answer) -> Floors:
    """Every floor that an answer of any kind meets."""
    flags: list[str] = []
    factor = 1.0
    ordered = bool(answer.orders)
    vagueness = _vagueness(task, answer)
    if answer.words == 0:
        flags.append("orders_only" if ordered else "empty")
    elif answer.words <= _FEW and ordered:
        flags.append("orders_only")
    elif _refuses(answer):
        flags.append("dont_know")
    elif _repeats(task, answer):
        flags.append("echo")
    else:
        flags += _form(task, answer, vagueness)
    if ordered and "orders_only" not in flags:
        flags.append("orders_ignored")
    if "vague" not in flags:
        factor = 1.0 - 0.6 * ramp(vagueness, w.VAGUE_FROM, w.VAGUE_SURE)
    caps = [w.CAPS[flag] for flag in flags if flag in w.CAPS]
    if "keywords" in flags:
        over = max(0.0, (answer.sentence_words - w.LIST_SURE) / (w.LIST_BELOW - w.LIST_SURE)) * answer.claims
        caps.append(w.LIST_LEAST + (w.LIST_MOST - w.LIST_LEAST) * over)
    return Floors(tuple(flags), min(caps, default=100.0), factor)


def _subject(task: Task) -> frozenset[str]:
    """The telling words that a full answer may need, the question's apart."""
    rubric = " ".join(" ".join((one.text, *one.any_of)) for one in task.criteria)
    return stems_of(f"{task.reference or ''} {rubric}")


def _form(task: Task, answer: Answer, vagueness: float) -> list[str]:
    """Lists, shuffled words, denials and empty talk."""
    flags = []
    expected = len(stems_of(task.reference)) if task.reference else w.SHORT_REFERENCE
    if answer.words <= _FEW and expected > w.SHORTEST_REFERENCE:
        flags.append("too_short")
    if answer.reading.structure.kind == "noise":
        flags.append("noise")
    if _is_list(answer):
        flags.append("keywords")
    elif answer.words >= _JUDGED_FROM and _shuffled(answer):
        flags.append("shuffled")
    elif vagueness >= w.VAGUE_SURE:
        flags.append("vague")
    if answer.words >= 6 and _denies(task, answer):
        flags.append("denied")
    return flags


def _is_list(answer: Answer) -> bool:
    if answer.words >= _JUDGED_FROM:
        return answer.sentence_words < w.LIST_BELOW
    return answer.sentence_words < _SHORT_LIST and len(answer.telling) >= _LISTED


def _vagueness(task: Task, answer: Answer) -> float:
    """The share of empty words; 0 for a few words, and where enough words tie the statements together."""
    if answer.words < _JUDGED_FROM or answer.links > w.VAGUE_LINKS:
        return 0.0
    needed = _subject(task)
    return answer.vagueness(needed | WORK if task.kind in ("behavioural", "about_yourself") else needed)


def _refuses(answer: Answer) -> bool:
    """Whether it says little more than that one does not know."""
    said = [cue for cue in answer.cues if cue.name == "clarity.dont_know"]
    covered = {i for cue in said for i in range(cue.first, cue.last + 1)}
    rest = [i for i in answer.said.kept if i not in covered]
    return bool(said) and answer.words <= _LONGEST_REFUSAL and len(rest) <= 5


def _repeats(task: Task, answer: Answer) -> bool:
    """Whether nearly all of it stands in the question, in the same order."""
    asked = stems_of(task.question)
    own = frozenset(answer.telling) - asked
    if len(answer.telling) < 2 or len(own) > (1 - _ECHO) * len(answer.telling) or own & _subject(task):
        return False
    pairs = list(pairwise(word.stem for word in answer.reading.without_orders))
    known = set(pairwise(word.stem for word in read(task.question).words))
    return sum(pair in known for pair in pairs) >= _ECHO_PAIRS * len(pairs)


def _shuffled(answer: Answer) -> bool:
    texts = [word.text for word in answer.reading.without_orders]
    return order_score([kind_of(text) for text in texts]) - broken_share(texts) < w.SHUFFLED_BELOW


def _denies(task: Task, answer: Answer) -> bool:
    """Whether it denies much more than a full answer does."""
    reading = answer.reading
    words = max(1, len(reading.words))
    reached = sum(reading.denied) / words
    denials = reading.denial_share
    if task.reference:
        full = read(task.reference)
        reached -= sum(full.denied) / max(1, len(full.words))
        denials -= full.denial_share
    if denials * words < 2:
        return False
    both, each = w.DENIED_BOTH
    return reached > w.DENIED_WORDS or denials > w.DENIALS or (reached > both and denials > each)
