"""What makes a question sound on paper: rules over its texts and tests that need no program to run.

`bank.check` applies them all. `RULES` look at one question within its bank, `BANK_RULES` at the bank as a whole; each
rule yields one sentence per thing that is wrong. What takes a sandbox to find out is in `bank.proofs`.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from mockloop.bank.growth import RecipeBroken, arguments_for
from mockloop.bank.loader import Bank
from mockloop.bank.question import CodingQuestion, GrowthClass, TestCase
from mockloop.language import find_phrase, match_groups, read
from mockloop.runner.contract import SOURCE_LIMIT_BYTES, Language

MEASURED = "growth"
"""What a slow solution names in `caught_by` when the growth measurement catches it, and no hidden test."""

_VAGUE_EDGE = re.compile(r"(test|case|edge|hidden|example|misc|other|more|basic|simple|normal|[0-9-])+s?")
_SHOWN_LIMIT = 400
"""Characters of a visible test's JSON beyond which it need not be printed in the statement."""

_DEFINITIONS: dict[Language, str] = {
    "python": r"^(?:async\s+)?(?:def|class)\s+{name}\b",
    "javascript": r"^(?:export\s+)?(?:async\s+)?(?:(?:function|class)\s+{name}\b|(?:const|let|var)\s+{name}\s*=)",
    "typescript": r"^(?:export\s+)?(?:async\s+)?(?:(?:function|class)\s+{name}\b|(?:const|let|var)\s+{name}\s*[:=])",
}
_COSTS: dict[str, GrowthClass] = {
    "o(1)": "constant",
    "o(logn)": "logarithmic",
    "o(n)": "linear",
    "o(nlogn)": "linearithmic",
    "o(n^2)": "quadratic",
    "o(n^3)": "cubic",
    "o(2^n)": "exponential",
}


def _statement_is_complete(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    heading = re.search(r"^[#*\s]*constraints\b[^\n]*$", question.statement, re.MULTILINE | re.IGNORECASE)
    if heading is None or not re.search(r"^\s*[-*] ", question.statement[heading.end() :], re.MULTILINE):
        yield "statement.md has no Constraints with a list below"
    examples = len(_blocks(question.statement))
    if examples < 2:
        yield f"statement.md has {examples} examples in fenced blocks; two are needed"


def _visible_tests_are_examples(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    blocks = [(_squeezed(block, lines=True), _squeezed(block)) for block in _blocks(question.statement)]
    for position, test in enumerate(question.visible_tests):
        shown = any(
            all(any(_holds(form, part) for form in block) for part in parts)
            for block in blocks
            for parts in _ways_to_show(question, test)
        )
        if not shown and len(json.dumps(test.args)) <= _SHOWN_LIMIT:
            yield f"visible[{position}] ({test.edge}) is none of the examples of the statement"


def _blocks(statement: str) -> list[str]:
    return re.findall(r"^```[^\n]*\n(.*?)^```", statement, re.MULTILINE | re.DOTALL)


def _ways_to_show(question: CodingQuestion, test: TestCase) -> list[list[str]]:
    """What an example must hold: the arguments and an accepted answer, or, for a class, each of the calls."""
    if question.entry_kind == "class" and len(test.args) == 2:
        calls = zip(*test.args, strict=False)
        return [[_squeezed(f"{operation}({json.dumps(list(given))[1:-1]})") for operation, given in calls]]
    accepted = test.expected if question.comparison.kind == "any_of" else [test.expected]
    return [[_squeezed(json.dumps(value)) for value in (*test.args, answer)] for answer in accepted]


def _squeezed(text: str, *, lines: bool = False) -> str:
    """Without white space (line ends stay, if asked), with JSON's words and quotes, so that layout does not matter."""
    bare = re.sub(r"[^\S\n]+" if lines else r"\s+", "", text).replace("'", '"')
    for python, json_word in (("None", "null"), ("True", "true"), ("False", "false")):
        bare = bare.replace(python, json_word)
    return bare


def _holds(block: str, part: str) -> bool:
    before = r"(?<![\w.-])" if part[0].isdigit() or part[0] == "-" else r"(?<!\w)" if part[0].isalpha() else ""
    after = r"(?![\w.])" if part[-1].isalnum() else ""
    return re.search(before + re.escape(part) + after, block) is not None


def _hidden_tests_cover_edges(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    edges = Counter(test.edge for test in question.hidden_tests)
    if len(edges) < 8:
        yield f"the hidden tests stand for {len(edges)} different edges; eight are needed"
    for edge in edges:
        if _VAGUE_EDGE.fullmatch(edge):
            yield f"the edge {edge!r} does not say what is special about it"
    tests = [*question.visible_tests, *question.hidden_tests]
    for args, number in Counter(json.dumps(test.args) for test in tests).items():
        if number > 1:
            yield f"{number} tests have the same arguments {args[:60]}"


def _tests_have_all_arguments(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    wanted = 2 if question.entry_kind == "class" else len(question.parameters)
    named = [("visible", question.visible_tests), ("hidden", question.hidden_tests)]
    for name, tests in named:
        for position, test in enumerate(tests):
            where = f"{name}[{position}] ({test.edge})"
            if len(test.args) != wanted:
                yield f"{where} has {len(test.args)} arguments instead of {wanted}"
            elif question.entry_kind == "class" and len({len(test.args[0]), len(test.args[1]), len(test.expected)}) > 1:
                yield f"{where} has not as many arguments and answers as operations"
            if question.comparison.kind == "any_of" and not (isinstance(test.expected, list) and test.expected):
                yield f"{where} must list the accepted answers"


def _sources_define_the_entry_point(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    sources = [("starter", language, source) for language, source in question.starter.items()]
    sources += [("reference", language, source) for language, source in question.references.items()]
    sources += [(planted.name, planted.language, planted.source) for planted in question.planted]
    for name, language, source in sources:
        pattern = _DEFINITIONS[language].format(name=re.escape(question.entry_point))
        if not re.search(pattern, source, re.MULTILINE):
            yield f"{name} ({language}) does not define {question.entry_point}"
        if len(source.encode()) > SOURCE_LIMIT_BYTES:
            yield f"{name} ({language}) is longer than the runner accepts"


def _planted_solutions_are_named(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    for flaw in ("wrong", "slow"):
        if not any(planted.flaw == flaw for planted in question.planted):
            yield f"no {flaw} solution is planted"
    edges = {test.edge for test in question.hidden_tests}
    for planted in question.planted:
        known = edges | {MEASURED} if planted.flaw == "slow" else edges
        if planted.caught_by not in known:
            yield f"{planted.name!r} is to be caught by {planted.caught_by!r}, which no hidden test stands for"


def _hints_rise(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    lines = {line.strip() for source in question.references.values() for line in source.splitlines()}
    telling = {_squeezed(line) for line in lines if len(line) >= 12 and not line.startswith(("#", "//", "*", "/*"))}
    for position, hint in enumerate(question.hints[:3]):
        for line in sorted(line for line in telling if line in _squeezed(hint)):
            yield f"hints[{position}] contains a line of the reference: {line}"
    if "`" not in question.hints[3]:
        yield "hints[3] has no worked line in backticks"
    for approach in question.approaches:
        if approach.standing == "best" and says_all(approach.says, question.hints[0]):
            yield f"hints[0] already names the approach {approach.id!r}; the first hint is for orientation"
    for (first, one), (second, other) in combinations(enumerate(map(_words, question.hints)), 2):
        if len(one & other) > 0.6 * min(len(one), len(other)):
            yield f"hints[{first}] and hints[{second}] say nearly the same"


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.casefold()))


def _probes_fit_the_tests(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    edges = {test.edge for test in question.hidden_tests}
    shown = {test.edge for test in question.visible_tests}
    probed = [probe.edge for probe in question.probes]
    for edge in sorted(set(probed) - edges - shown):
        yield f"a probe is for the edge {edge!r}, which no test stands for"
    for edge in sorted(edges - set(probed) - {"typical"}):
        yield f"no probe draws attention to the edge {edge!r}"
    for edge in _repeated(probed):
        yield f"the edge {edge!r} has more than one probe"
    for probe in question.probes:
        if len({plain(nudge) for nudge in probe.nudges}) < 2:
            yield f"the probe for {probe.edge!r} needs two wordings"
        tests = [test for test in (*question.visible_tests, *question.hidden_tests) if test.edge == probe.edge]
        for nudge in probe.nudges:
            if "-" in probe.edge and probe.edge in nudge:
                yield f"the probe for {probe.edge!r} names the test: {nudge}"
            for value in {json.dumps(test.expected) for test in tests}:
                if _gives_away(nudge, value):
                    yield f"the probe for {probe.edge!r} gives the expected value {value}: {nudge}"


def _gives_away(nudge: str, value: str) -> bool:
    """A long value anywhere; a short one, such as `0` or `true`, only where it is said to be the answer."""
    if len(value) >= 3 and value not in ("true", "false", "null"):
        return _holds(_squeezed(nudge), _squeezed(value))
    said = r"(?:returns?|answers?|gives?|results? (?:is|in)|should be|expect(?:s|ed)?|comes? out as)\s+`?"
    return re.search(said + re.escape(value) + r"(?!\w)", nudge, re.IGNORECASE) is not None


def _facts_are_found(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    for fact in question.facts:
        if len({plain(ask) for ask in fact.asks}) < 4:
            yield f"the fact {fact.id!r} needs four ways of asking"
        for ask in fact.asks:
            if not any(find_phrase(read(ask), keyword) for keyword in fact.keywords):
                yield f"no keyword of the fact {fact.id!r} stands in {ask!r}"
    for ask in _repeated(plain(ask) for fact in question.facts for ask in fact.asks):
        yield f"two ways of asking are the same: {ask!r}"


def _approaches_are_ranked(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    best = [approach for approach in question.approaches if approach.standing == "best"]
    if not best:
        yield "no approach is called best"
    for approach in best:
        if approach.growth != question.growth.target:
            yield f"the best approach {approach.id!r} is {approach.growth}, the growth target {question.growth.target}"
    for approach in question.approaches:
        if not approach.time or not approach.space:
            yield f"the approach {approach.id!r} does not say its time and space"
        if not approach.says or not all(approach.says):
            yield f"the approach {approach.id!r} has no phrases to know it by"
        for written in approach.time[:1] if question.entry_kind == "function" else ():
            meant = _COSTS.get(re.sub(r"[\s*]", "", plain(written).replace("²", "^2").replace("³", "^3")))
            if meant is not None and meant != approach.growth:
                yield f"the approach {approach.id!r} is {approach.growth} but writes its time as {written}"


def _follow_ups_know_a_good_answer(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    for follow_up in question.follow_ups:
        if not says_all(follow_up.looks_for, follow_up.good_answer):
            yield f"the good answer of the follow-up {follow_up.id!r} has not what it looks for"


def _rubric_is_broad(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    dimensions = {criterion.dimension for criterion in question.rubric}
    for dimension in sorted({"problem_solving", "correctness", "quality", "communication"} - dimensions):
        yield f"no criterion of the rubric is about {dimension}"


def _examples_are_spread(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    marks = [example.mark for example in question.examples]
    for name, low, high in (("low", 0, 30), ("middle", 35, 70), ("high", 80, 100)):
        if not any(low <= mark <= high for mark in marks):
            yield f"no graded example has a {name} mark ({low} to {high})"
    sound = [approach for approach in question.approaches if approach.standing in ("best", "acceptable")]
    top = max(question.examples, key=lambda example: example.mark)
    if not any(says_all(approach.says, top.answer) for approach in sound):
        yield "the example with the highest mark names no good approach, going by the phrases of `says`"
    low_ones = [example for example in question.examples if example.mark <= 30]
    for example in low_ones:
        for approach in sound:
            if approach.standing == "best" and says_all(approach.says, example.answer):
                yield f"an example with {example.mark} points names the best approach: {example.answer[:60]}"


def _references_to_others_hold(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    known = {other.id for other in bank.questions()}
    for related in question.related:
        if related not in known or related == question.id:
            yield f"the related question {related!r} " + ("is itself" if related == question.id else "is unknown")
    styles = {style.id for style in bank.styles}
    for company in question.companies:
        if company not in styles:
            yield f"the company style {company!r} is unknown"


def _names_are_unique(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    named: dict[str, Sequence[Any]] = {
        "facts": question.facts,
        "approaches": question.approaches,
        "follow_ups": question.follow_ups,
        "rubric": question.rubric,
    }
    for field, entries in named.items():
        for name in _repeated(entry.id for entry in entries):
            yield f"{field}: the id {name!r} is there twice"
    for name in _repeated(planted.name for planted in question.planted):
        yield f"planted: the name {name!r} is there twice"


def _growth_can_be_measured(question: CodingQuestion, bank: Bank) -> Iterator[str]:
    sizes = question.growth.sizes
    if any(small >= large for small, large in pairwise(sizes)):
        yield "the growth sizes must increase"
    if question.growth.target != "exponential" and sizes[-1] < 8 * sizes[0]:
        yield "the largest growth size must be eight times the smallest, or more"
    wanted = 2 if question.entry_kind == "class" else len(question.parameters)
    try:
        arguments = arguments_for(question.growth.recipe, sizes[0])
    except RecipeBroken as error:
        yield f"the growth recipe cannot be followed for n = {sizes[0]}: {error}"
    else:
        if len(arguments) != wanted:
            yield f"the growth recipe makes {len(arguments)} arguments instead of {wanted}"


def _texts_are_own(bank: Bank) -> Iterator[tuple[str, str]]:
    """No sentence of eight words or more stands in two questions; titles differ."""
    found: dict[str, str] = {}
    for question in bank.questions():
        for sentence in {sentence for text in _prose(question) for sentence in _long_sentences(text)}:
            other = found.setdefault(sentence, question.id)
            if other != question.id:
                yield question.id, f"has a sentence of {other}: {sentence}"
    for title in _repeated(question.title for question in bank.questions()):
        owners = [question.id for question in bank.questions() if question.title == title]
        yield owners[1], f"has the title of {owners[0]}: {title}"


def _prose(question: CodingQuestion) -> Iterator[str]:
    yield from (question.statement, question.summary, *question.hints)
    yield from (fact.answer for fact in question.facts)
    yield from (approach.remark for approach in question.approaches)
    yield from (nudge for probe in question.probes for nudge in probe.nudges)
    yield from (text for follow_up in question.follow_ups for text in (follow_up.ask, follow_up.good_answer))
    yield from (criterion.text for criterion in question.rubric)
    yield from (text for example in question.examples for text in (example.answer, example.because))


def _long_sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?:;])\s+|\n\s*\n|\n[-#*`]", text):
        words = re.findall(r"[a-z0-9']+", plain(sentence))
        if len(words) >= 8:
            yield " ".join(words)


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, number in Counter(names).items() if number > 1)


def says_all(groups: Sequence[Sequence[str]], text: str) -> bool:
    """Whether the text names one phrase of each group, as the interviewer and the judge would read it."""
    return match_groups(read(text), groups).complete


def plain(text: str) -> str:
    """Lower case, with single blanks."""
    return " ".join(text.casefold().split())


Rule = Callable[[CodingQuestion, Bank], Iterator[str]]

RULES: dict[str, Rule] = {
    "statement": _statement_is_complete,
    "visible-tests": _visible_tests_are_examples,
    "hidden-tests": _hidden_tests_cover_edges,
    "arguments": _tests_have_all_arguments,
    "entry-point": _sources_define_the_entry_point,
    "planted": _planted_solutions_are_named,
    "hints": _hints_rise,
    "probes": _probes_fit_the_tests,
    "facts": _facts_are_found,
    "approaches": _approaches_are_ranked,
    "follow-ups": _follow_ups_know_a_good_answer,
    "rubric": _rubric_is_broad,
    "examples": _examples_are_spread,
    "references": _references_to_others_hold,
    "ids": _names_are_unique,
    "growth-plan": _growth_can_be_measured,
}

BANK_RULES: dict[str, Callable[[Bank], Iterator[tuple[str, str]]]] = {"own-text": _texts_are_own}
