"""A mode with everything a file can declare, a reply that breaks none of its rules, and which modes are shipped."""

from pathlib import Path
from typing import Any

import mockloop
from mockloop.modes.document import divided
from mockloop.modes.mode import Mode, parse_mode

FILE = """+++
id = "praise"
version = 3
role = "writer"
max_tokens = 300

[inputs]
question = "text"
tone = "line"
limit = "number"

[sees.answer]
title = "the answer"
budget = 60

[sees.notes]
title = "notes"
budget = 20
keep = "end"
optional = true

[returns.summary]
type = "text"
words = 12
about = "What the answer does."
grounded_in = ["question", "answer", "notes"]

[returns.quotes]
type = "texts"
most = 3
words = 10
quoted_from = "answer"

[returns.mood]
type = "choice"
options = ["calm", "lively"]

[returns.sure]
type = "flag"

[returns.stars]
type = "number"
least = 1
most = 5

[returns.points]
type = "items"
least = 1
most = 3

[returns.points.fields.what]
type = "text"
words = 8
grounded_in = ["answer"]

[returns.points.fields.tip]
type = "text"
words = 8
optional = true
grounded_in = ["answer"]
+++
You praise answers for somebody who practises for an interview. Be {{tone}}, and praise at most {{limit}} things.
+++ before
The question: {{question}}
+++ turn
Praise the answer to “{{question}}”.
"""

INPUTS: dict[str, str | int] = {"question": "Why was it slow?", "tone": "calm", "limit": 2}
ANSWER = "We measured it first. The query read 1,200 rows, so I added an index in Postgres."
MATERIAL = {"answer": ANSWER, "notes": "spoke slowly"}
NONCE = "f00dfeedf00dfeed"


def praise() -> Mode:
    return parse_mode(FILE, "praise")


def reply(**changed: Any) -> dict[str, Any]:
    """What a model may return."""
    return {
        "summary": "You measured before you changed anything.",
        "quotes": ["We measured it first"],
        "mood": "calm",
        "sure": True,
        "stars": 3,
        "points": [{"what": "An index in Postgres.", "tip": ""}],
        **changed,
    }


PACKAGES = Path(mockloop.__file__).parent


def shipped() -> list[tuple[str, str]]:
    """Every file of a mode that returns fields, as its package and its name."""
    return [
        (".".join(("mockloop", *path.parent.parent.relative_to(PACKAGES).parts)), path.stem)
        for path in sorted(PACKAGES.glob("**/modes/*.md"))
        if "[returns." in divided(path.read_text("utf-8"), path.stem).head
    ]
