"""Whether somebody tells what they did: the parts of a story, who acted, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.judging.answers.cues import Cue
from mockloop.language import Reading
from mockloop.language.words import Word, vocabulary

_PAST = vocabulary(
    """was were had did went said told made took gave got came saw knew thought felt found left kept let put set cut
    built wrote spoke met ran sat stood held led brought bought taught caught fought sought sent spent lost won paid
    read heard meant began drew drove broke chose grew threw flew rose fell showed dealt dug hung stuck swore wore
    woke forgot understood became agreed tried asked called worked turned wanted needed stopped started showed slept
    quit hit split shut learnt burnt dreamt spelt wasnt werent hadnt didnt couldnt wouldnt hid rang sang sank laid"""
)
_NOT_PAST = vocabulary(
    "need speed feed indeed exceed proceed seed breed hundred red bed led embed based related limited so-called"
)
_PRESENT = vocabulary(
    """is are am be should must always usually generally never try tries tend want wants believe believes need needs
    important essential key everyone people one shouldnt dont doesnt can will would may might"""
)
_BETWEEN = vocabulary(
    """then also first just finally personally really actually immediately quickly quietly simply even still once
    myself had have did could would was then so eventually already later soon both ve d"""
)
_PERSON, _GROUP = vocabulary("i ive id"), vocabulary("we weve wed")
_REACH = 3


@dataclass(frozen=True, slots=True)
class Narrative:
    """Words (by index) at which the story does something. `past_share`: past forms among all forms that show time."""

    own_actions: tuple[int, ...]
    group_actions: tuple[int, ...]
    past: tuple[int, ...]
    past_share: float
    numbers: tuple[int, ...]


def narrative_of(reading: Reading, found: Sequence[Cue]) -> Narrative:
    """Read the verbs: which are in the past, and which of them "I" or "we" did. A denied deed is none."""
    words = reading.words
    acted = {cue.first for cue in found if cue.name == "story.action" and not cue.denied}
    past = [i for i, word in enumerate(words) if _is_past(word) and not reading.in_order(word.start)]
    present = sum(word.text in _PRESENT for word in words)
    done = acted | set(past)
    return Narrative(
        own_actions=_deeds(words, done, _PERSON, reading.denied),
        group_actions=_deeds(words, done, _GROUP, reading.denied),
        past=tuple(past),
        past_share=len(past) / max(1, len(past) + present),
        numbers=tuple(i for i, word in enumerate(words) if word.stem.isdigit() or word.text[0].isdigit()),
    )


def _is_past(word: Word) -> bool:
    text = word.text
    return text in _PAST or (text.endswith("ed") and len(text) > 4 and text not in _NOT_PAST)


def _deeds(words: Sequence[Word], done: set[int], who: frozenset[str], denied: Sequence[bool]) -> tuple[int, ...]:
    """The verbs that follow a subject, with at most adverbs and auxiliaries between; each verb counts once."""
    found: dict[str, int] = {}
    for i, word in enumerate(words):
        if word.text not in who:
            continue
        for j in range(i + 1, min(len(words), i + 1 + _REACH)):
            text = words[j].text
            if text in _BETWEEN or text == "not":
                continue
            if j in done and not denied[j]:
                found.setdefault(words[j].stem, j)
            break
    return tuple(sorted(found.values()))
