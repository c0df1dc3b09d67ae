"""An interviewer that says given lines in order, for tests of everything around an interviewer."""

from collections.abc import AsyncIterator, Iterable

from mockloop.interviewer.phrasing import pieces
from mockloop.interviewer.port import Delta, Passed, Reset, Said, View


class ScriptedInterviewer:
    """Says each line once, one a turn, then passes. A line is a text, or a whole `Said` or `Passed`."""

    def __init__(self, lines: Iterable[str | Said | Passed] = ()) -> None:
        self._lines = list(lines)
        self.views: list[View] = []

    async def turn(self, view: View) -> AsyncIterator[Delta | Reset | Said | Passed]:
        """The next line. `views` keeps what it was asked with."""
        self.views.append(view)
        line = self._lines.pop(0) if self._lines else Passed("the script is over")
        outcome = Said(line, "acknowledge", "scripted", source="scripted") if isinstance(line, str) else line
        if isinstance(outcome, Said):
            for piece in pieces(outcome.text):
                yield Delta(piece)
        yield outcome
