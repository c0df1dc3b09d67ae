"""A scorecard as text, for `mockloop practice`."""

import textwrap
from typing import Any

WIDTH = 96
BAR = 20


def print_scorecard(card: dict[str, Any]) -> None:
    """Print a scorecard as the API gives it: marks, reasons, and what to do next."""
    print(f"\nOverall {card['overall'] / 10:.1f} of 10: {card['outcome']}")
    _paragraph(card["outcome_reason"])
    if card["readiness"]:
        _paragraph(f"{card['readiness']}. {card['readiness_reason']}")
    print()
    for dimension in card["dimensions"]:
        filled = round(dimension["mark"] / 100 * BAR)
        print(f"  {dimension['title']:<16} {'█' * filled}{'·' * (BAR - filled)} {dimension['mark'] / 10:>4.1f}")
    for title, remarks in (("What went well", card["did_well"]), ("What to improve", card["improve"])):
        if remarks:
            print(f"\n{title}")
            for remark in remarks:
                _paragraph(remark["text"], "- ")
                for evidence in remark["evidence"]:
                    if evidence["quote"]:
                        _paragraph(f"“{evidence['quote']}”", "    ")
    if card["recommendations"]:
        print("\nWhat to practise next")
        for recommendation in card["recommendations"]:
            _paragraph(recommendation["text"], "- ")
    for caveat in card["caveats"]:
        _paragraph(caveat["text"], "! ")


def _paragraph(text: str, mark: str = "") -> None:
    print(textwrap.fill(text, WIDTH, initial_indent="  " + mark, subsequent_indent="  " + " " * len(mark)))
