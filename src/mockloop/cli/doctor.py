"""`mockloop doctor`: what works on this machine and what does not, and how to mend it."""

import asyncio
import importlib.util
from pathlib import Path

from mockloop.diagnosis import Diagnosis
from mockloop.settings import load_settings

STATIC = Path(__file__).parents[1] / "static" / "index.html"


def doctor() -> None:
    """Check sandbox, cgroups, languages, database, web pages and interviewers; exit status 1 if something is broken."""
    from mockloop.db import doctor as database_doctor
    from mockloop.runner import doctor as runner_doctor

    settings = load_settings()
    findings: list[Diagnosis] = [
        *asyncio.run(runner_doctor.check()),
        *database_doctor.check(settings),
        *_product_findings(),
    ]
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name:<{width}}  {finding.detail}")
        if not finding.ok and finding.mend:
            print(f"      {'':<{width}}  -> {finding.mend}")
    raise SystemExit(0 if all(finding.ok for finding in findings) else 1)


def _product_findings() -> list[Diagnosis]:
    pages = STATIC.exists()
    return [
        Diagnosis("web pages", pages, "built" if pages else "not built", "" if pages else "run: make run"),
        Diagnosis(
            "interviewer",
            importlib.util.find_spec("mockloop.interviewer.built_in") is not None,
            "built-in (no key, no network)",
            "",
        ),
    ]
