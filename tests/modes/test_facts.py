"""Résumés and job descriptions as facts: what is read from usual layouts, what is left out and said, and any text."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockloop.modes.facts import MOST_LINES, job_facts, resume_facts
from mockloop.modes.fencing import CHARACTERS_PER_TOKEN
from tests.modes import profiles as p

RESUMES = {
    p.ONE_LINE_ROLES: (
        "experience: Backend engineer with 9 years of experience in payments.",
        "role: Senior Software Engineer, Tarn Payments, Jan 2020 – Present",
        "role: Software Engineer, Oakline Ltd, 2015 - 2019",
        "skills: Python, Go, PostgreSQL, Kafka",
        "skills: Kubernetes; Terraform",
        "education: BSc Mathematics, University of York, 2012 - 2015",
        "result: Cut the nightly settlement run from 4 hours to 35 minutes",
        "did: Led the move from a monolith to six services",
        "did: Wrote the refund service",
        "1 line with a name or title at the top left out",
        "1 line with contact details left out",
    ),
    p.EMPLOYER_ABOVE: (
        "role: Harbour Analytics, Data Engineer, March 2021 - present",
        "role: Lumen Retail, Analyst, 06/2018 – 02/2021",
        "skills: Languages: Python, SQL",
        "skills: Tools: Spark, Airflow",
        "education: MSc Statistics, 2016-2018",
        "result: Built a pipeline of 2 TB a day",
        "result: Reports for 40 shops",
        "did: Mentored three juniors",
        "1 line with a name or title at the top left out",
    ),
    p.DATES_FIRST: (
        "role: 2019 - 2023 Team lead at Nordwind GmbH",
        "role: 2016 - 2019 Developer at Kiel Software",
        "role: 2014 to 2016 Working student",
        "result: Responsible for 12 people",
        "language: German, English, Danish",
        "about: Curriculum vitae",
        "1 line of interests and the like left out",
    ),
    p.EMPLOYER_BELOW: (
        "role: Site Reliability Engineer (2022 – now), Cobalt Cloud",
        "role: Systems Administrator (2017 – 2021), Hallam Hospital Trust",
        "result: Reduced pages by 60 %",
        "result: Ran 300 servers",
    ),
    p.WITHOUT_SECTIONS: (
        "no sections were recognised; the text as it begins:",
        "I repaired lifts for six years and then learned to write programs in the evenings.",
        "My largest program plans the routes of our fitters and is used by 20 people every day.",
        "I like small tools that do one thing.",
        "1 line with a name or title at the top left out",
    ),
    p.SKILLS_ON_ONE_LINE: (
        "role: Frontend Developer | Fernhill Media | 2018 – 2024",
        "skills: TypeScript, React, Playwright",
        "result: Raised the lighthouse figure from 54 to 97",
        "certificate: Accessibility Core Competencies, 2022",
        "about: Frontend developer who cares about access for everybody.",
        "1 line with a name or title at the top left out",
        "2 lines with contact details left out",
        "1 line of interests and the like left out",
    ),
    p.TABLE: (
        "role: Lead Developer | Mistral Rail | Since 2020",
        "role: Developer | Mistral Rail | 2016 – 2020",
        "project: Timetable solver, open source, 1,400 stars",
    ),
}
JOBS = {
    p.BULLETED_JOB: (
        "title: Backend Engineer (m/f/d)",
        "must: 5+ years of experience with Python or Go",
        "must: Knowledge of relational databases",
        "duty: Design and run services that sell 3 million tickets a year",
        "duty: Be on call one week in eight",
        "nice to have: Kafka is a plus",
        "nice to have: Kubernetes",
        "4 lines on the company, benefits and applying left out",
    ),
    p.PROSE_JOB: (
        "title: Machine Learning Engineer",
        "must: You need to know PyTorch, and you must have 3 years of experience in production systems.",
        "duty: You will train and ship ranking models and you will measure what they do.",
        "nice to have: Ideally you have published.",
        "also: Our team builds the search of a large shop.",
        "also: The office is near the station.",
    ),
    p.CAPITALS_JOB: (
        "title: POSITION: Staff Engineer",
        "must: 10 or more years in distributed systems",
        "duty: Own the architecture of the storage layer",
        "duty: Review designs of four teams",
        "nice to have: Rust",
        "1 line on the company, benefits and applying left out",
    ),
    p.NUMBERED_JOB: (
        "title: Data Analyst, Finance",
        "must: SQL, two years with a BI tool",
        "duty: Close the books every month",
        "duty: Explain figures to people who do not like figures",
        "1 line on the company, benefits and applying left out",
    ),
    p.SHAPELESS_JOB: (
        "no sections were recognised; the text as it begins:",
        "We look for somebody kind who likes old houses. Call in the morning.",
        "There is a garden.",
    ),
}


@pytest.mark.parametrize(("text", "facts"), RESUMES.items(), ids=[facts[0][:30] for facts in RESUMES.values()])
def test_what_a_resume_says(text: str, facts: tuple[str, ...]) -> None:
    assert tuple(resume_facts(text, 1000).splitlines()) == facts


@pytest.mark.parametrize(("text", "facts"), JOBS.items(), ids=[facts[0][:30] for facts in JOBS.values()])
def test_what_a_job_asks_for(text: str, facts: tuple[str, ...]) -> None:
    assert tuple(job_facts(text, 1000).splitlines()) == facts


def test_ways_to_reach_a_person_are_left_out() -> None:
    for text in RESUMES:
        for private in ("@", "7946", "Example Street", "1990", "Ferris", "FERRIS", "Raman", "Aiko"):
            assert private not in resume_facts(text, 1000)


def test_what_matters_most_is_kept_and_the_rest_is_counted() -> None:
    facts = resume_facts(p.ONE_LINE_ROLES, 40).splitlines()
    assert facts[0].startswith("experience: ")
    assert facts[1].startswith("role: ")
    assert "... 7 more lines left out" in facts
    assert job_facts(p.BULLETED_JOB, 1).splitlines()[0] == "... 7 more lines left out"


def test_an_empty_text_has_no_facts() -> None:
    assert resume_facts("", 100) == job_facts(" \n---\n", 100) == ""


@pytest.mark.parametrize("read", [resume_facts, job_facts])
@pytest.mark.parametrize(
    "text",
    [
        "a\n" * 100_000, "x" * 200_000, "a.b+" * 60_000, "a\t" * 100_000, ("January 2019 - " * 14 + "\n") * 900,
        ("10 years " * 30 + "\n") * 700, ("(+1 " * 70 + "\n") * 700, "\u202e" * 200_000, ("the " * 70 + ":\n") * 700,
    ],
    ids=["lines", "a word", "half an address", "tabs", "half a date", "years", "half a number", "invisible", "words"],
)  # fmt: skip
def test_200_kb_of_anything_end_soon(read: object, text: str) -> None:
    assert callable(read)
    began = time.perf_counter()
    facts = read(text, 300)
    assert time.perf_counter() - began < 2
    assert len(facts) < 300 * CHARACTERS_PER_TOKEN + 500
    if text.count("\n") > MOST_LINES:
        assert f"only the first 200000 characters and {MOST_LINES} lines were read" in facts


PIECES = st.sampled_from([
    "Experience\n", "SKILLS:", "\n", "\n\n", "- ", "2019 - 2021", "Jan 2020 – present", " at ", "Acme", "Requirements:",
    "a@b.co", "\t", "Languages: ", "12", "Python, Go", "must", "\u202e", "\x00", "\ud800", ".", "Benefits\n",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@example("2019 - 2021- Experience\na@b.co", 10)
@example("Experience\nPython, Go\nExperience\n2019 - 2021", 10)
@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=300)), st.integers(1, 200))
def test_every_line_is_told_or_counted(text: str, budget: int) -> None:
    for read in (resume_facts, job_facts):
        facts = read(text, budget)
        assert facts == read(text, budget)
        assert len(facts) <= budget * CHARACTERS_PER_TOKEN + 400
        assert "a@b.co" not in facts or read is job_facts
    if "Python, Go" in text and "Go" not in resume_facts(text, 10_000):
        assert "left out" in resume_facts(text, 10_000)
