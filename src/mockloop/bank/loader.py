"""Reads the bank's content, which lies in the package as data, into questions and company styles.

The composition root calls `load_bank` once and keeps the `Bank`; whoever needs questions is given it.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from mockloop.bank.errors import BankBroken, CompanyStyleUnknown, QuestionUnknown
from mockloop.bank.question import CodingQuestion, CompanyStyle, Difficulty
from mockloop.runner.contract import Language

SUFFIXES: dict[str, Language] = {".py": "python", ".js": "javascript", ".ts": "typescript"}

_FILE_OF_FIELD = {"statement": "statement.md", "visible_tests": "tests.json", "hidden_tests": "tests.json"}
_FILE_STEM_OF_FIELD = {"starter": "starter", "references": "solutions/reference"}
_FIELDS_FROM_FILES = {*_FILE_OF_FIELD, *_FILE_STEM_OF_FIELD}


class Fault(BaseModel):
    """One thing that keeps content from being read: `file` is relative to the content folder."""

    model_config = ConfigDict(frozen=True)

    file: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.reason}" if self.field else f"{self.file}: {self.reason}"


class Bank:
    """Everything there is to ask, and the styles to ask it in. Does not change once read."""

    def __init__(self, questions: Iterable[CodingQuestion], styles: Iterable[CompanyStyle]) -> None:
        self._questions = {question.id: question for question in sorted(questions, key=_easy_first)}
        self.styles = tuple(styles)

    def question(self, question_id: str) -> CodingQuestion:
        """The question of this id. Raises `QuestionUnknown`."""
        try:
            return self._questions[question_id]
        except KeyError:
            raise QuestionUnknown(question_id=question_id) from None

    def style(self, style_id: str) -> CompanyStyle:
        """The company style of this id. Raises `CompanyStyleUnknown`."""
        for style in self.styles:
            if style.id == style_id:
                return style
        raise CompanyStyleUnknown(company_style=style_id)

    def questions(self, difficulty: Difficulty | None = None, topic: str | None = None) -> tuple[CodingQuestion, ...]:
        """The questions of this difficulty and topic, easy ones first, then by title."""
        return tuple(
            question
            for question in self._questions.values()
            if (difficulty is None or question.difficulty == difficulty) and (topic is None or topic in question.topics)
        )

    def choose(
        self,
        seed: str,
        difficulty: Difficulty | None = None,
        company_style: str | None = None,
        exclude: Sequence[str] = (),
    ) -> CodingQuestion:
        """A surprise: the same arguments always choose the same question.

        `exclude` holds the ids practised lately, the latest first. They are avoided while there is another
        question of the difficulty; when there is none, the one practised longest ago comes again. Within that,
        questions that suit the style go before others. A question added to the bank changes only the choices
        that it wins itself.
        Raises `QuestionUnknown` when the bank has no question of the difficulty.
        """
        latest_first = list(dict.fromkeys(exclude))
        age = {question_id: position for position, question_id in enumerate(latest_first)}

        def preference(question: CodingQuestion) -> tuple[int, bool, str]:
            unsuited = company_style is not None and not suits(question, company_style)
            lot = hashlib.sha256(f"{seed}/{question.id}".encode()).hexdigest()
            return -age.get(question.id, len(latest_first)), unsuited, lot

        candidates = self.questions(difficulty)
        if not candidates:
            raise QuestionUnknown(question_id=f"any {difficulty}" if difficulty else "any")
        return min(candidates, key=preference)


def suits(question: CodingQuestion, company_style: str) -> bool:
    """Whether this style's interviewers would ask it; a question that names no companies suits all."""
    return not question.companies or company_style in question.companies or company_style == "generic"


def _easy_first(question: CodingQuestion) -> tuple[int, str]:
    return get_args(Difficulty).index(question.difficulty), question.title


def bank_root() -> Traversable:
    """The folder of the package that holds `content/` and `company_styles.toml`."""
    return files("mockloop.bank")


def load_bank(root: Traversable | None = None) -> Bank:
    """The whole bank, from the package or from a folder laid out like it.

    Raises `BankBroken`, whose message names every unsound file and field.
    """
    root = root or bank_root()
    faults: list[Fault] = []
    styles = read_styles(root, faults)
    questions = [
        question
        for question_id in question_ids(root)
        if (question := read_question(root, question_id, faults)) is not None
    ]
    if faults:
        raise BankBroken(faults="; ".join(map(str, faults)))
    return Bank(questions, styles)


def question_ids(root: Traversable) -> list[str]:
    """The ids of all questions: the names of the folders."""
    folder = root / "content" / "coding"
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and entry.name[0] not in "._")


def read_styles(root: Traversable, faults: list[Fault]) -> list[CompanyStyle]:
    """The company styles; what is unsound is left out and added to `faults`."""
    name = "company_styles.toml"
    table = _read_toml(root, name, faults)
    styles: list[CompanyStyle] = []
    for position, entry in enumerate(table.get("styles", ())):
        try:
            styles.append(CompanyStyle.model_validate(entry))
        except ValidationError as error:
            for problem in error.errors():
                field = _path((f"styles[{position}]", *problem["loc"]))
                faults.append(Fault(file=name, field=field, reason=problem["msg"]))
    if not table.get("styles"):
        faults.append(Fault(file=name, field="styles", reason="no style is there"))
    for style_id in {style.id for style in styles if [other.id for other in styles].count(style.id) > 1}:
        faults.append(Fault(file=name, field="styles", reason=f"{style_id!r} is there twice"))
    return styles


def read_question(root: Traversable, question_id: str, faults: list[Fault]) -> CodingQuestion | None:
    """One question; None when it is unsound, with the reasons added to `faults`."""
    folder = root / "content" / "coding" / question_id
    found: list[Fault] = []
    fields = _question_fields(folder, found)
    question: CodingQuestion | None = None
    if not found:
        try:
            question = CodingQuestion.model_validate(fields)
        except ValidationError as error:
            found += [_fault(tuple(problem["loc"]), problem["msg"]) for problem in error.errors()]
        else:
            if question.id != question_id:
                reason = f"{question.id!r} is not the name of its folder"
                found.append(Fault(file="question.toml", field="id", reason=reason))
                question = None
    where = f"content/coding/{question_id}"
    faults += [fault.model_copy(update={"file": f"{where}/{fault.file}"}) for fault in found]
    return question


def _question_fields(folder: Traversable, faults: list[Fault]) -> dict[str, Any]:
    """The fields of a `CodingQuestion`, gathered from the files of its folder."""
    fields = _read_toml(folder, "question.toml", faults)
    for name in sorted(_FIELDS_FROM_FILES & fields.keys()):
        faults.append(Fault(file="question.toml", field=name, reason="belongs into a file of its own"))
    tests = _read_json(folder, "tests.json", faults)
    planted = fields.get("planted", [])
    fields |= {
        "statement": _read_text(folder, "statement.md", faults),
        "starter": _read_languages(folder, "starter", faults),
        "references": _read_languages(folder, "solutions/reference", faults),
        "visible_tests": tests.get("visible", []),
        "hidden_tests": tests.get("hidden", []),
        "planted": [_planted(folder, entry, faults) for entry in planted if isinstance(entry, dict)],
    }
    for name in sorted(tests.keys() - {"visible", "hidden"}):
        faults.append(Fault(file="tests.json", field=name, reason="only visible and hidden belong here"))
    _find_strays(folder, {str(entry.get("file")) for entry in planted if isinstance(entry, dict)}, faults)
    return fields


def _planted(folder: Traversable, entry: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """A planted solution with its language and source, from the file it names."""
    fields = dict(entry)
    name = str(fields.pop("file", ""))
    language = SUFFIXES.get(name[name.rfind(".") :])
    if language is None or "/" in name:
        known = ", ".join(SUFFIXES)
        reason = f"{name!r} must be the name of a file in solutions/ that ends in one of {known}"
        faults.append(Fault(file="question.toml", field="planted", reason=reason))
        return fields
    return fields | {"language": language, "source": _read_text(folder, f"solutions/{name}", faults)}


def _find_strays(folder: Traversable, planted: set[str], faults: list[Fault]) -> None:
    """A solution that no entry names would never be proved; more likely its entry was forgotten."""
    solutions = folder / "solutions"
    if not solutions.is_dir():
        return
    known = planted | {f"reference{suffix}" for suffix in SUFFIXES}
    for entry in sorted(solutions.iterdir(), key=lambda entry: entry.name):
        if entry.is_file() and entry.name[0] != "." and entry.name not in known:
            reason = "no [[planted]] entry of question.toml names it"
            faults.append(Fault(file=f"solutions/{entry.name}", field="", reason=reason))


def _read_languages(folder: Traversable, stem: str, faults: list[Fault]) -> dict[Language, str]:
    return {language: _read_text(folder, stem + suffix, faults) for suffix, language in SUFFIXES.items()}


def _read_text(folder: Traversable, name: str, faults: list[Fault]) -> str:
    try:
        return folder.joinpath(*name.split("/")).read_text(encoding="utf-8")
    except FileNotFoundError:
        faults.append(Fault(file=name, field="", reason="is missing"))
    except UnicodeDecodeError:
        faults.append(Fault(file=name, field="", reason="is not UTF-8 text"))
    return ""


def _read_toml(folder: Traversable, name: str, faults: list[Fault]) -> dict[str, Any]:
    try:
        return tomllib.loads(_read_text(folder, name, faults))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file=name, field="", reason=f"is not TOML: {error}"))
    return {}


def _read_json(folder: Traversable, name: str, faults: list[Fault]) -> dict[str, Any]:
    text = _read_text(folder, name, faults)
    try:
        content = json.loads(text) if text else {}
    except json.JSONDecodeError as error:
        faults.append(Fault(file=name, field="", reason=f"is not JSON: {error}"))
        return {}
    if not isinstance(content, dict):
        faults.append(Fault(file=name, field="", reason="must be one object with visible and hidden"))
        return {}
    return content


def _fault(location: tuple[int | str, ...], reason: str) -> Fault:
    """Where the author finds what the validation complains about."""
    field = str(location[0]) if location else ""
    if field in _FILE_STEM_OF_FIELD and len(location) > 1:
        suffix = {language: suffix for suffix, language in SUFFIXES.items()}.get(location[1])  # type: ignore[call-overload]
        return Fault(file=f"{_FILE_STEM_OF_FIELD[field]}{suffix}", field="", reason=reason)
    if field in ("visible_tests", "hidden_tests"):
        return Fault(file="tests.json", field=_path((field.removesuffix("_tests"), *location[1:])), reason=reason)
    return Fault(file=_FILE_OF_FIELD.get(field, "question.toml"), field=_path(location), reason=reason)


def _path(location: tuple[int | str, ...]) -> str:
    """`("facts", 2, "answer")` as `facts[2].answer`."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path
