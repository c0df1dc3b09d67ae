"""What a language model returns as a judge, for the fake provider."""

import json
import re
from typing import Any

from mockloop.judging.answers.opinion import ELSEWHERE


def finds_all_met(body: dict[str, Any], quote: str) -> dict[str, Any]:
    """Every criterion that belongs to the question is met, and the quote shows it."""
    told = json.dumps(body["messages"])
    criteria = [
        {"id": id, "quotes": [], "reasoning": "Of something else.", "met": "no"}
        if text in ELSEWHERE
        else {"id": id, "quotes": [quote], "reasoning": "It is said.", "met": "yes"}
        for id, text in re.findall(r"\\n- ([a-z0-9-]+): (.*?)(?=\\n)", told[told.index("Criteria:") :])
    ]
    return {"criteria": criteria, "tampering": False}
