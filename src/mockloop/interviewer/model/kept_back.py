"""What must not be said about a question, and whether a text says it: solutions, hints to come, hidden tests.

What the candidate has seen, or has written, is no secret any more and is left out of every comparison.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from mockloop.bank.question import CodingQuestion
from mockloop.modes.wording import Runs
from mockloop.modes.wording import word_runs as runs_of

RUN_OF_WORDS = 6
"""So many words in a row, shared with a solution or a hint, are no accident."""

CODE_LINE = 16
"""Characters, without spaces, from which a single line of a solution counts."""

SHORT_LINES = 3
"""So many lines of a solution count, however short, from 5 characters on."""

ATOMS = (3, 4, 5)
"""So many numbers and words in a row tell a test: all of its values where there are no more, else five."""

LONGEST_TEST = 400
"""Numbers and words of a test that are looked at; a generated input of thousands is known by its beginning."""

LONGEST_LITERAL = 40
"""Characters of a value by which it is known."""

_ATOM = re.compile(r"-?\d+(?:\.\d+)?|[a-z_]\w*")
_LITERAL = re.compile(r"[^\w]")


class Secrets:
    """What a question keeps back, worked out once for all sessions."""

    def __init__(self, question: CodingQuestion) -> None:
        self.question = question
        self.solution_runs = frozenset[tuple[str, ...]]().union(*map(word_runs, question.references.values()))
        self.solution_lines = tuple(
            dict.fromkeys(line for source in question.references.values() for line in _code_lines(source))
        )
        self.hint_runs = tuple(map(word_runs, question.hints))
        values = [value for test in question.hidden_tests for value in (list(test.args), *test.args, test.expected)]
        self.test_runs = frozenset(run for value in values for run in _runs_of_value(value))
        numbers = [value for value in values if all(map(_is_number, _atoms(json.dumps(value))))]
        self.number_runs = frozenset(run for value in numbers for run in _runs_of_value(value))
        self.literals = frozenset(one for value in values if (one := _literal(value)))
        good = [one for one in question.approaches if one.standing in ("best", "acceptable")]
        self.approaches = [[[_plain(phrase) for phrase in group] for group in one.says] for one in good]
        self.public = "\n".join(
            (
                question.title,
                question.summary,
                question.statement,
                *(fact.answer for fact in question.facts),
                *(json.dumps([test.args, test.expected]) for test in question.visible_tests),
                *question.starter.values(),
            )
        )


class KeptBack:
    """For one turn. `hint`: the rung that may be said now; `public`: further texts that the candidate has seen."""

    def __init__(self, secrets: Secrets, *, hint: int, public: Iterable[str]) -> None:
        self._secrets = secrets
        self._hint = hint
        self._public = "\n".join((secrets.public, *public))

    def told_by(self, text: str) -> str | None:
        """What of it a text tells: `solution`, `hint`, `hidden test` or `approach`; None when nothing."""
        if self._solution_in(text):
            return "solution"
        if self.hint_in(text, above=self._hint):
            return "hint"
        if self._hidden_test_in(text):
            return "hidden test"
        if self._approach_in(text):
            return "approach"
        return None

    def hint_in(self, text: str, *, above: int) -> bool:
        """Whether the text shares a run of words with a hint on a rung above this one."""
        runs = word_runs(text)
        given: Runs = frozenset[tuple[str, ...]]().union(*self._secrets.hint_runs[:above])
        found = [told for hint in self._secrets.hint_runs[above:] if (told := runs & hint - given)]
        return any(told - self.public_runs for told in found)

    @cached_property
    def public_runs(self) -> Runs:
        """Runs of words that the candidate has before them."""
        return word_runs(self._public)

    @cached_property
    def _public_compact(self) -> str:
        return _compact(self._public)

    @cached_property
    def _public_atoms(self) -> Runs:
        return _atom_runs(_atoms(self._public))

    @cached_property
    def _public_numbers(self) -> Runs:
        return _atom_runs(_numbers(self._public))

    @cached_property
    def _public_plain(self) -> str:
        return _plain(self._public)

    def _solution_in(self, text: str) -> bool:
        # What is public is asked for last, here and below: it is long, and hardly ever asked for.
        found = word_runs(text) & self._secrets.solution_runs
        if found and found - self.public_runs:
            return True
        compact = _compact(text)
        lines = [line for line in self._secrets.solution_lines if line in compact and line not in self._public_compact]
        return len(lines) >= SHORT_LINES or any(len(line) >= CODE_LINE for line in lines)

    def _hidden_test_in(self, text: str) -> bool:
        atoms = _atom_runs(_atoms(text)) & self._secrets.test_runs
        if atoms and atoms - self._public_atoms:
            return True
        numbers = _atom_runs(_numbers(text)) & self._secrets.number_runs
        if numbers and numbers - self._public_numbers:
            return True  # "8, then 4, and 16": numbers alone, whatever stands between them
        compact = _compact(text)
        return any(one in compact and one not in self._public_compact for one in self._secrets.literals)

    def _approach_in(self, text: str) -> bool:
        """Whether it names a good approach that neither the candidate nor the task has named."""
        if self._hint >= 2:
            return False  # from the second rung of the ladder on, an approach may be named
        said = _plain(text)
        named = [one for one in self._secrets.approaches if _names(one, said)]
        return any(not _names(one, self._public_plain) for one in named)


def word_runs(text: str) -> Runs:
    """Every run of words by which a solution or a hint is known."""
    return runs_of(text, RUN_OF_WORDS)


def _names(groups: Sequence[Sequence[str]], plain: str) -> bool:
    return all(any(phrase in plain for phrase in group) for group in groups)


def _compact(text: str) -> str:
    return re.sub(r"[\s'\"`]+", "", text.casefold())


def _code_lines(source: str) -> Iterable[str]:
    return (line for line in map(_compact, source.splitlines()) if len(line) >= 5)


def _plain(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.casefold()))} "


def _atoms(text: str) -> list[str]:
    return _ATOM.findall(text.casefold())


def _numbers(text: str) -> list[str]:
    return [atom for atom in _atoms(text) if _is_number(atom)]


def _is_number(atom: str) -> bool:
    return atom[-1].isdigit() and not atom[0].isalpha()


def _atom_runs(atoms: Sequence[str]) -> Runs:
    return frozenset(tuple(atoms[at : at + length]) for length in ATOMS for at in range(len(atoms) - length + 1))


def _runs_of_value(value: object) -> Iterable[tuple[str, ...]]:
    atoms = _atoms(json.dumps(value))[:LONGEST_TEST]
    if len(atoms) < min(ATOMS):
        return ()
    length = min(len(atoms), max(ATOMS))
    runs = (tuple(atoms[at : at + length]) for at in range(len(atoms) - length + 1))
    return (run for run in runs if len(set(run)) > 1)


def _literal(value: object) -> str:
    """How a list or a text is written, where it is odd or long enough to be known by it; else empty."""
    if not isinstance(value, list | str | dict):
        return ""
    written = _compact(json.dumps(value))
    odd = len(written) >= 4 and _LITERAL.search(written.strip("[]")) is not None
    return written[:LONGEST_LITERAL] if odd or len(written) >= 12 else ""
