"""A résumé and a job description as facts, one a line, by fixed rules: what an interviewer may build questions on.

The words stay the author's; nothing is guessed. What does not fit the budget, and what is left out for a reason, is
counted in the last lines. Whoever shows the facts puts them into a fence.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mockloop.modes.fencing import clipped

LONGEST = 200_000
"""Characters that are read of a text."""

MOST_LINES = 600
"""Lines with words in them that are read."""

_LONGEST_LINE = 300
_NAME_WORDS = 4
_HEADING_WORDS = 5
_NEIGHBOUR_WORDS = 9
"""A title or an employer on a line of its own is no longer than this."""

_BULLET = re.compile(r"^(?:[-*•●○▪◦‣⁃–—·>]+|\(?\d{1,2}[.)])\s+")
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|"
    r"september|october|november|december|spring|summer|autumn|fall|winter)\.?"
)
_DATE = rf"(?:(?:{_MONTH} |\d{{1,2}}[/.])?(?:19|20)\d\d(?:[-/](?:0[1-9]|1[0-2]))?)"
_PRESENT = r"(?:present|now|today|current|currently|ongoing|date|heute)"
_DATES = re.compile(
    rf"\(?\b(?:{_DATE} ?(?:-|–|—|to|until|till) ?(?:{_DATE}|{_PRESENT})|since {_DATE})\b\)?", re.IGNORECASE
)
_YEARS = re.compile(r"\b\d{1,2} ?(?:\+|or more|(?:-|–|to) ?\d{1,2})? ?\+? ?(?:years?|yrs?)\b", re.IGNORECASE)
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|https?://|\bwww\.|\b(?:linkedin|github)\.com|(?:\+|\b00)\d[\d ()/-]{6,}|"
    r"\b\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b(?:phone|mobile|tel|e-?mail|address|date of birth|born|nationality|marital)"
    r"\b\.? ?:",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r",|\||·|•| at | @ |\t| [-–—] ")

_RESUME_SECTIONS = {
    "role": "experience|employment|work history|professional background|career|positions|work",
    "skills": "skills|technologies|tech stack|tools|competencies|programming languages|expertise",
    "education": "education|studies|academic background|degrees|training",
    "project": "projects|open source|side projects|publications|patents|talks",
    "certificate": "certifications|certificates|licenses|awards|honours|honors",
    "about": "summary|profile|about|about me|objective|overview",
    "language": "languages",
    "": "interests|hobbies|references|contact|contact details|personal details|personal information|volunteering",
}
_JOB_SECTIONS = {
    "must": "requirements|qualifications|must haves?|must-haves?|what you bring|what you need|who you are|your profile|"
    "what we expect|what we are looking for|what we're looking for|minimum qualifications|basic qualifications|"
    "required skills|you have|about you|skills|your skills|skills and experience",
    "nice to have": "nice to haves?|nice-to-haves?|preferred|preferred qualifications|bonus|bonus points|pluses|"
    "desirable|good to have|optional",
    "duty": "responsibilities|duties|what you will do|what you'll do|your role|the role|your tasks|tasks|role|"
    "your responsibilities|key responsibilities|the job|job description|your mission|day to day|about the role",
    "": "benefits|what we offer|perks|we offer|compensation|salary|how to apply|about us|who we are|about the company|"
    "our company|company|equal opportunity|diversity|why us|why join us|apply",
}
_MUST = re.compile(
    r"\b(?:must|required?|requires|need to|you have|you know|experience (?:with|in)|proficien\w+|knowledge of|"
    r"degree)\b",
    re.IGNORECASE,
)
_NICE = re.compile(r"\b(?:nice to have|plus|preferred|bonus|ideally|desirable|advantage)\b", re.IGNORECASE)
_DUTY = re.compile(
    r"\b(?:you will|you['’]ll|responsible for|you are going to|your (?:job|task|role) is)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Line:
    text: str
    bullet: bool
    after_gap: bool


@dataclass
class _Facts:
    """Facts by kind, and the lines that were left out on purpose, by reason."""

    found: dict[str, list[str]] = field(default_factory=dict)
    left_out: dict[str, list[_Line]] = field(default_factory=dict)

    def add(self, kind: str, text: str) -> None:
        self.found.setdefault(kind, []).append(text)

    def leave_out(self, why: str, line: _Line) -> None:
        self.left_out.setdefault(why, []).append(line)

    def told(self, order: Sequence[str]) -> list[str]:
        kinds = [*order, *(kind for kind in self.found if kind not in order)]
        return [f"{kind}: {text}" for kind in kinds for text in dict.fromkeys(self.found.get(kind, ()))]


def resume_facts(text: str, budget: int) -> str:
    """Roles with their dates, skills, education, and what was done, figures first; at most `budget` tokens.

    Ways to reach or find the person are left out. Empty for an empty text.
    """
    lines, facts = _lines(text), _Facts()
    section, heading_seen, used = "about", False, -1
    titles: dict[int, tuple[str, _Line]] = {}
    for at, line in enumerate(lines):
        named = _heading(line, _RESUME_SECTIONS)
        if named is not None:
            section, rest = named
            heading_seen = True
            line = _Line(rest, line.bullet, line.after_gap)
        if not line.text or at <= used:
            continue
        if at == 0 and named is None and _is_name(line):
            facts.leave_out("with a name or title at the top", line)
        elif _CONTACT.search(line.text):
            facts.leave_out("with contact details", line)
        elif section == "":
            facts.leave_out("of interests and the like", line)
        elif _DATES.search(line.text):
            told, first, used = _dated(lines, at, used)
            titles = {place: title for place, title in titles.items() if place < first}
            facts.add(section if section in ("education", "project", "certificate") else "role", told)
        elif _may_be_title(lines, at):
            titles[at] = section, line  # the dated line after it takes it along, unless something is between them
        else:
            facts.add(_resume_kind(line, section), line.text)
    for section, line in titles.values():
        facts.add(_resume_kind(line, section), line.text)
    structured = heading_seen or "role" in facts.found
    order = (
        "experience",
        "role",
        "skills",
        "education",
        "result",
        "project",
        "certificate",
        "language",
        "about",
        "did",
    )
    return _packed(text, lines, facts, order, budget, structured)


def job_facts(text: str, budget: int) -> str:
    """What a job description asks for, what is welcome, and what there is to do; at most `budget` tokens.

    What it says of the company and of benefits is left out. Empty for an empty text.
    """
    lines, facts = _lines(text), _Facts()
    section: str | None = None
    structured = False
    for at, line in enumerate(lines):
        named = _heading(line, _JOB_SECTIONS)
        if named is not None:
            section, rest = named
            structured = True
            line = _Line(rest, line.bullet, line.after_gap)
        if not line.text:
            continue
        kind = _job_kind(line.text, section)
        structured = structured or kind in ("must", "nice to have", "duty")
        if at == 0 and named is None and len(line.text.split()) <= _NEIGHBOUR_WORDS:
            facts.add("title", line.text)
        elif kind == "":
            facts.leave_out("on the company, benefits and applying", line)
        else:
            facts.add(kind, line.text)
    return _packed(text, lines, facts, ("title", "must", "duty", "nice to have", "also"), budget, structured)


def _packed(
    text: str, lines: Sequence[_Line], facts: _Facts, order: Sequence[str], budget: int, structured: bool
) -> str:
    if structured:
        told = facts.told(order)
    else:
        hidden = [line for lines in facts.left_out.values() for line in lines]
        told = [line.text for line in lines if line not in hidden]
        if told:
            told.insert(0, "no sections were recognised; the text as it begins:")
    notes = [
        f"{len(gone)} {'line' if len(gone) == 1 else 'lines'} {why} left out" for why, gone in facts.left_out.items()
    ]
    if len(text) > LONGEST or len(lines) == MOST_LINES:
        notes.append(f"only the first {LONGEST} characters and {MOST_LINES} lines were read")
    return "\n".join([*([clipped("\n".join(told), budget)] if told else []), *notes])


def _lines(text: str) -> list[_Line]:
    """The lines with words in them, without bullets; a long one says how much longer it is."""
    found: list[_Line] = []
    gap = True
    for raw in text[:LONGEST].splitlines():
        if len(found) == MOST_LINES:
            break
        plain = "".join(c if c == "\t" or unicodedata.category(c)[0] != "C" else " " for c in raw[: 2 * _LONGEST_LINE])
        plain = re.sub(r"\t+", " | ", plain.strip(" \t#*_|"))
        if not any(c.isalnum() for c in plain):
            gap = True
            continue
        bullet = _BULLET.match(raw.lstrip()) is not None
        words = " ".join(_BULLET.sub("", plain).split())
        if len(words) > _LONGEST_LINE or len(raw) > 2 * _LONGEST_LINE:
            words = f"{words[:_LONGEST_LINE]} ... (the line is longer: {len(raw)} characters)"
        found.append(_Line(words, bullet, gap))
        gap = False
    return found


def _heading(line: _Line, sections: Mapping[str, str]) -> tuple[str, str] | None:
    """The section that a line opens and the words after it on the same line; None where it opens none."""
    title, colon, rest = line.text.partition(":")
    words = re.sub(r"[^a-z' -]+", " ", title.replace("’", "'").casefold()).replace("&", " ").split()
    if line.bullet or not words or len(words) > _HEADING_WORDS:
        return None
    said = " ".join(words)
    for kind, names in sections.items():
        if re.fullmatch(rf"(?:(?:my|our|the|technical|professional|relevant|key|core|work|selected|main) )*(?:{names})"
                        rf"(?: (?:and|or) .{{1,30}}| (?:history|experience))?", said):  # fmt: skip
            return kind, rest.strip() if colon else ""
    return None


def _resume_kind(line: _Line, section: str) -> str:
    if section == "role":
        return "result" if re.search(r"\d", line.text) else "did"
    if section == "about" and _YEARS.search(line.text):
        return "experience"
    return section


def _may_be_title(lines: Sequence[_Line], at: int) -> bool:
    """Whether a dated line right after this one belongs to it."""
    following = lines[at + 1 : at + 3]
    if not _short(lines[at]) or not following or following[0].after_gap:
        return False
    if _DATES.search(following[0].text):
        return _needs_more(following[0].text)
    dated = len(following) == 2 and not following[1].after_gap and _short(following[0])
    return dated and _DATES.search(following[1].text) is not None and _bare(following[1].text)


def _is_name(line: _Line) -> bool:
    words = line.text.split()
    return len(words) <= _NAME_WORDS and all(word[0].isupper() and not re.search(r"\d", word) for word in words)


def _dated(lines: Sequence[_Line], at: int, used: int) -> tuple[str, int, int]:
    """A dated line with the title or employer beside it, and the first and the last line that this has used up."""
    parts = [lines[at].text]
    before = at - 1
    while before > used and at - before <= (2 if _bare(lines[at].text) else 1) and _needs_more(lines[at].text):
        above = lines[before]
        opens = _heading(above, _RESUME_SECTIONS) is not None or _CONTACT.search(above.text) is not None
        if opens or not _short(above) or lines[before + 1].after_gap or _DATES.search(above.text):
            break
        parts.insert(0, above.text)
        before -= 1
    last = at
    if len(parts) == 1 and _needs_more(lines[at].text) and at + 1 < len(lines):
        following = lines[at + 1]
        ends = _heading(following, _RESUME_SECTIONS) is not None or following.after_gap
        other = _DATES.search(following.text) or _CONTACT.search(following.text)
        if _short(following) and not ends and not other:
            parts.append(following.text)
            last = at + 1
    return ", ".join(parts), before + 1, last


def _short(line: _Line) -> bool:
    return not line.bullet and len(line.text.split()) <= _NEIGHBOUR_WORDS and not line.text.endswith(".")


def _bare(text: str) -> bool:
    """Whether a line is nothing but its dates."""
    return not any(c.isalnum() for c in _DATES.sub("", text))


def _needs_more(text: str) -> bool:
    """Whether a dated line names only one of title and employer, or neither."""
    return not _SEPARATORS.search(_DATES.sub("", text).strip(" ,|·-–—()\t"))


def _job_kind(text: str, section: str | None) -> str:
    if section is not None:
        return "nice to have" if section == "must" and _NICE.search(text) else section
    if _NICE.search(text):
        return "nice to have"
    if _DUTY.search(text):
        return "duty"
    return "must" if _MUST.search(text) or _YEARS.search(text) else "also"
