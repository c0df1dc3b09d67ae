"""Which words of a text are denied: "I would not use a heap" does not say that one uses a heap.

Scope runs over words alone, so that a missing or an added full stop changes nothing.
"""

from collections.abc import Sequence

from mockloop.language.words import Word, sequences, vocabulary

NEGATORS = vocabulary(
    """not no never neither nor none nothing cannot cant dont doesnt didnt isnt arent wasnt werent wont
    wouldnt shouldnt couldnt havent hasnt hadnt without avoid avoids avoiding hardly"""
)
_REACH = 6
_ENDS_SCOPE = vocabulary("but instead because since so therefore hence however although though then while if when")
_PAIRS = sequences("""rule out, as opposed, rather than, ruled out, instead of""")
_PAIR_REACH = 5
_NOT_DENIALS = sequences(
    """no matter, no doubt, not yet, not only, not sure, no later, no more, no longer, not more, no other,
    not too, not later, why not, or not, no problem, not just"""
)
_DENIES_ALL_THAT_FOLLOWS = sequences(
    """not true that, not the case, false that, untrue that, wrong that, wrong to say, incorrect that, not
    correct that, never true, not right that, opposite of, deny that, incorrect to say, disagree that,
    doubt that"""
)
_CONDITIONS = vocabulary("if when whenever while until unless whether once where")
_CONDITION_REACH = 8
_SUBJECTS = vocabulary("i we you")
_MODALS = vocabulary("can could would should do does did will must")
_AUXILIARIES = _MODALS | vocabulary("is are was were be has have had")
_INVERTED = vocabulary("cant couldnt wouldnt shouldnt dont doesnt didnt wont isnt arent")
_FINDING = vocabulary("find found see seen met meet reach reached hit know have visited come encountered get")
"""What "if I do not …" may say of the search itself; "if I do not use a heap" turns the heap down."""
_LONG_REACH = 60
_ENDS_LONG_SCOPE = frozenset({"but", "instead", "however", "actually", "rather"})


def denied(words: Sequence[Word]) -> tuple[bool, ...]:
    """For each word, whether a negation reaches it."""
    flags = [False] * len(words)
    texts = [word.text for word in words]
    for i, text in enumerate(texts):
        if any(tuple(texts[i : i + size]) in _DENIES_ALL_THAT_FOLLOWS for size in (2, 3)):
            _spread(flags, texts, i, _LONG_REACH, _ENDS_LONG_SCOPE)
        elif tuple(texts[i : i + 2]) in _PAIRS:
            _spread(flags, texts, i + 1, _PAIR_REACH, _ENDS_SCOPE | _SUBJECTS)
        elif text in NEGATORS and not (_harmless(texts, i) or _suggests(texts, i) or _is_condition(texts, i)):
            _spread(flags, texts, i, _REACH, _ENDS_SCOPE)
    return tuple(flags)


def _harmless(texts: Sequence[str], i: int) -> bool:
    return tuple(texts[i : i + 2]) in _NOT_DENIALS or (i > 0 and (texts[i - 1], texts[i]) in _NOT_DENIALS)


def _suggests(texts: Sequence[str], i: int) -> bool:
    """ "can't we sort": a negation in form only."""
    asks = texts[i] in _INVERTED or (texts[i] == "not" and i > 0 and texts[i - 1] in _MODALS)
    return asks and i + 1 < len(texts) and texts[i + 1] in _SUBJECTS


def _is_condition(texts: Sequence[str], i: int) -> bool:
    """Whether the negation only says when something is done: "if it is not in the map, I add it".

    It must be the first of its clause: a second verb, a "then" or a new subject before it begins the main clause.
    """
    begin = next((j for j in range(i - 1, max(-1, i - 1 - _CONDITION_REACH), -1) if texts[j] in _CONDITIONS), None)
    if begin is None:
        return False
    between = texts[begin + 1 : i]
    verbs = sum(word in _AUXILIARIES for word in between)
    if verbs > 1 or any(word in NEGATORS or word == "then" or word in _SUBJECTS for word in between[1:]):
        return False
    return not (between and between[0] in _SUBJECTS) or any(word in _FINDING for word in texts[i + 1 : i + 3])


def _spread(flags: list[bool], texts: Sequence[str], i: int, reach: int, ends: frozenset[str]) -> None:
    flags[i] = True
    for j in range(i + 1, min(len(texts), i + 1 + reach)):
        if texts[j] in ends:
            return
        flags[j] = True


def denial_share(words: Sequence[Word]) -> float:
    """Negations per word; ordinary explanations stay below 0.06."""
    if not words:
        return 0.0
    texts = [word.text for word in words]
    return sum(text in NEGATORS and not _harmless(texts, i) for i, text in enumerate(texts)) / len(texts)
