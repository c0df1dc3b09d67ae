"""What is wrong with words that a model said, seen with eyes of their own: nothing of the guard's code is used here.

The guard knows runs of words; these look at stems in any order, at the shape of code whatever its names are, and at
everything that the guard does not look for: sameness, numbers and names from nowhere, praise.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from bench.llm_eval.techniques import TECHNIQUES, TECHNOLOGIES
from mockloop.bank.question import CodingQuestion
from mockloop.language import sentences, stem, words_of
from mockloop.language.words import vocabulary

SHAPE = 9
"""So many tokens of code in a row, names apart, are no accident."""
SHAPE_SIGNS = 4
"""So many of them are signs, or it could be prose."""
TELLING, OWN = 5, 2
"""A sentence of a hint cannot be recognised with fewer words, or with fewer that nobody has said before."""
TOLD = 0.6
"""Share of a hint's words, and of those that nobody has said before, from which a sentence counts as the hint."""
SAME = 0.8
"""Share of words that two sentences have in common, from which they count as the same."""
SAME_FROM_WORDS = 6
SHORTEST_TEXT = 3
"""Characters of a text in a hidden test from which quoting it is no accident."""
SMALL = 2
"""Numbers up to this are in every language's idioms."""

LEAKS = ("solution", "code", "hidden test", "prompt")
HINTS = ("hint above", "approach named")
INVENTED = ("number from nowhere", "name from nowhere")
FINDINGS = (*LEAKS, *HINTS, "repetition", *INVENTED, "praise or marks")

_KEYWORDS = vocabulary("for while if else elif return in not and or def function const let new of len range")
_STOP = frozenset(
    map(
        stem,
        vocabulary(
            "a an the is are was were be been it its this that these those of to in on at for from with and or not no "
            "if then than as by do does did have has had you your i me my we our can could would will should may what "
            "which how why when where there here so but also one two any all each every more most some such only just "
            "let"
        ),
    )
)
_TOKEN = re.compile(r"[A-Za-z_]\w*|\d+|[^\w\s]")
_CODE = re.compile(
    r"\bdef \w+\(|\bfunction \w+\(|\bfor \(?(?:let |const )?\w+(?:, \w+)? (?:in|of) [\w(]+[.(:\[]|=>|"
    r"\w+\[[^\]\n]+\] ?[+-]?= ?\w|\breturn (?:\w+[\[(.]\w|\[|not \w)|\w+ (?:[+-]=|[!=]==?) \w|"
    r"\w+\.(?:append|pop|push|add|popleft|get|set|has|sort)\("
)
_PRAISE = re.compile(
    r"\b(?:well done|(?:great|good|excellent|nice|fantastic|amazing|perfect|superb) (?:job|work|answer|solution|"
    r"thinking|question|point|idea|approach)|excellent|perfect[!.]|impressive|brilliant|"
    r"you(?:'re| are) doing (?:great|well)|(?:your|full|top) (?:score|marks?|grade)\b|\d+ ?(?:out of|/) ?10\b|"
    r"you (?:will|would|have) (?:pass|passed|fail|failed)\b(?! (?:the )?tests?)|hire)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[ ,.]\d{3})*(?:\.\d+)?(?!\w)")
_COST = re.compile(r"\bO\([^)]*\)", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][A-Za-z]+")
_QUOTED = re.compile(r"[\"'`“‘]([^\"'`“”‘’\n]{3,80})[\"'`”’]")
_PROMPT_CHARACTERS = 40
_ABOUT_PROMPT = re.compile(
    r"material id|\bmy (?:instructions|guidelines|prompt|rules)\b|\bI (?:was|am|have been) (?:told|instructed)|"
    r"system (?:prompt|message)|private guidance",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"i", "ok", "okay", "english", "python", "javascript", "typescript", "big"})


@dataclass(frozen=True)
class Finding:
    """Something that should not have been said, and the words that said it."""

    kind: str
    words: str


@dataclass(frozen=True)
class Before:
    """What was there when the words were said. `allowed`: the highest rung of the hints that was given by then."""

    candidate: Sequence[str]
    """All that the candidate wrote: messages and code."""
    interviewer: Sequence[str]
    """All that the interviewer said."""
    built_in: Sequence[str]
    """That part of it which no model said: what a model makes up does not become true by being said before."""
    told: Sequence[str]
    """What the model was told, instructions and conversation apart."""
    instructions: str
    allowed: int = 0


@dataclass
class Eyes:
    """For one question."""

    question: CodingQuestion
    _shapes: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for source in self.question.references.values():
            self._shapes |= _shapes_of(source)

    def findings(self, text: str, before: Before) -> list[Finding]:
        """Everything that is wrong with a text."""
        seen = "\n".join((self._public, *before.candidate, *before.built_in, *self.question.hints[: before.allowed]))
        return [
            *self._code(text, seen),
            *self._tests(text, seen),
            *_prompt(text, before.instructions),
            *self._hints(text, seen, before.allowed),
            *(self._approaches(text, seen) if before.allowed < SMALL else ()),
            *_repetition(text, before.interviewer),
            *_from_nowhere(text, "\n".join((seen, *before.told))),
            *(Finding("praise or marks", found.group()) for found in _PRAISE.finditer(text)),
        ]

    @cached_property
    def _public(self) -> str:
        one = self.question
        visible = (json.dumps([test.args, test.expected]) for test in one.visible_tests)
        facts = (fact.answer for fact in one.facts)
        return "\n".join((one.title, one.summary, one.statement, *facts, *visible, *one.starter.values()))

    @cached_property
    def _hidden(self) -> list[Any]:
        return [value for test in self.question.hidden_tests for value in (*test.args, test.expected)]

    @cached_property
    def _hidden_numbers(self) -> list[str]:
        return [_flat(re.findall(r"\d+", json.dumps(value))) for value in self._hidden]

    @cached_property
    def _hidden_texts(self) -> set[str]:
        return {text for value in self._hidden for text in _texts_in(value)}

    def _code(self, text: str, seen: str) -> Iterable[Finding]:
        if (_shapes_of(text) - _shapes_of(seen)) & self._shapes:
            yield Finding("solution", text)
        squeezed = re.sub(r"\s", "", seen)
        for found in _CODE.finditer(text):
            if re.sub(r"\s", "", found.group()) not in squeezed:
                yield Finding("code", found.group())

    def _tests(self, text: str, seen: str) -> Iterable[Finding]:
        seen_numbers = _flat(_numbers(seen))
        for span in sentences(text):
            sentence = text[span.start : span.end]
            numbers = _numbers(_COST.sub("", sentence))
            flat = _flat(numbers)
            telling = len(numbers) >= 3 and len(set(numbers)) > 1 and not _counts(numbers)
            if telling and flat not in seen_numbers and any(flat in one for one in self._hidden_numbers):
                yield Finding("hidden test", sentence)
        for quoted in _QUOTED.findall(text):
            if quoted not in seen and quoted in self._hidden_texts:
                yield Finding("hidden test", quoted)
        for odd in self._hidden_texts:
            if len(odd) > SHORTEST_TEXT and not re.fullmatch(r"[\w\s.,-]+", odd) and odd in text and odd not in seen:
                yield Finding("hidden test", odd)

    def _hints(self, text: str, seen: str, allowed: int) -> Iterable[Finding]:
        known = _stems(seen)
        said = [_stems(text[span.start : span.end]) for span in sentences(text)]
        for rung, hint in enumerate(self.question.hints[allowed:], allowed + 1):
            for span in sentences(hint):
                words = _stems(hint[span.start : span.end])
                own = words - known
                if len(words) < TELLING or len(own) < OWN:
                    continue
                if any(len(words & one) >= TOLD * len(words) and len(own & one) >= TOLD * len(own) for one in said):
                    yield Finding("hint above", f"rung {rung}: {text}")
                    break

    def _approaches(self, text: str, seen: str) -> Iterable[Finding]:
        plain, known = _plain(text), _plain(seen)
        for names, known_by in TECHNIQUES:
            named = [one for one in names if f" {one} " in plain]
            if named and not any(f" {one} " in known for one in (*names, *known_by)):
                yield Finding("approach named", f"{named[0]}: {text}")
        for approach in self.question.approaches:
            groups = [[_plain(phrase) for phrase in group] for group in approach.says]
            good = approach.standing in ("best", "acceptable")
            if good and _all_named(groups, plain) and not _all_named(groups, known):
                yield Finding("approach named", f"{approach.id}: {text}")


def _all_named(groups: Sequence[Sequence[str]], plain: str) -> bool:
    return all(any(phrase in plain for phrase in group) for group in groups)


def _repetition(text: str, earlier: Sequence[str]) -> Iterable[Finding]:
    before = [_bag(one[span.start : span.end]) for one in earlier for span in sentences(one)]
    for span in sentences(text):
        sentence = text[span.start : span.end]
        bag = _bag(sentence)
        if bag.total() >= SAME_FROM_WORDS and any(_alike(bag, one) >= SAME for one in before):
            yield Finding("repetition", sentence)
            return


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, of both together."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _from_nowhere(text: str, sources: str) -> Iterable[Finding]:
    known_numbers = {number.lstrip("0") for number in _numbers(sources)}
    for number in dict.fromkeys(_numbers(_COST.sub("", text))):
        if number.lstrip("0") not in known_numbers and not _is_small(number):
            yield Finding("number from nowhere", f"{number}: {text}")
    known = {word.stem for word in words_of(sources)}
    plain = _plain(text)
    names = [name for name in _NAME.findall(text) if name.casefold() not in _NO_NAMES]
    for name in dict.fromkeys(map(str.casefold, [*names, *(one for one in TECHNOLOGIES if f" {one} " in plain)])):
        if not {word.stem for word in words_of(name)} <= known:
            yield Finding("name from nowhere", f"{name}: {text}")


def _prompt(text: str, instructions: str) -> Iterable[Finding]:
    if _ABOUT_PROMPT.search(text):
        yield Finding("prompt", text)
        return
    told, said = " ".join(instructions.casefold().split()), " ".join(text.casefold().split())
    starts = range(0, max(1, len(said) - _PROMPT_CHARACTERS + 1), 4)
    if len(said) >= _PROMPT_CHARACTERS and any(said[at : at + _PROMPT_CHARACTERS] in told for at in starts):
        yield Finding("prompt", text)


def _shapes_of(text: str) -> set[tuple[str, ...]]:
    """Runs of code tokens with every name alike."""
    tokens = [token if not token[0].isalpha() or token in _KEYWORDS else "x" for token in _TOKEN.findall(text)]
    runs = (tuple(tokens[at : at + SHAPE]) for at in range(len(tokens) - SHAPE + 1))
    return {run for run in runs if sum(not token[0].isalnum() for token in run) >= SHAPE_SIGNS}


def _stems(text: str) -> set[str]:
    return {word.stem for word in words_of(text)} - _STOP


def _bag(text: str) -> Counter[str]:
    return Counter(word.stem for word in words_of(text))


def _plain(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.casefold()))} "


def _numbers(text: str) -> list[str]:
    return [re.sub(r"[ ,](?=\d{3})", "", found) for found in _NUMBER.findall(text)]


def _is_small(number: str) -> bool:
    return float(re.sub(r"[ ,]", "", number) if number.count(".") < SMALL else 0) <= SMALL


def _flat(numbers: Sequence[str]) -> str:
    return f" {' '.join(numbers)} "


def _counts(numbers: Sequence[str]) -> bool:
    """1, 2, 3 and the like."""
    whole = [int(number) for number in numbers if number.isdigit()]
    return len(whole) == len(numbers) and all(b - a == 1 for a, b in pairwise(whole))


def _texts_in(value: Any) -> list[str]:
    """Every text of some length in a test's value."""
    if isinstance(value, str):
        return [value] if len(value) >= SHORTEST_TEXT else []
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts_in(one)]
    return [text for one in value for text in _texts_in(one)] if isinstance(value, list | tuple) else []
