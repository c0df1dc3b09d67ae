"""An interviewer that begins to speak and never ends: what a provider that hangs looks like. For crash tests."""

import asyncio
from collections.abc import AsyncIterator

from mockloop.interviewer.port import Delta, Interviewer, Passed, Reset, Said, View


class StalledInterviewer:
    """Says a few words of each turn, then nothing more; after `turns` of these, `then` takes over."""

    def __init__(
        self, turns: int | None = None, then: Interviewer | None = None, *, words: str = "Well, let me "
    ) -> None:
        self._left = turns
        self._then = then
        self._words = words

    async def turn(self, view: View) -> AsyncIterator[Delta | Reset | Said | Passed]:
        """Some words, and then for ever nothing."""
        if self._left == 0 and self._then is not None:
            async for piece in self._then.turn(view):
                yield piece
            return
        if self._left:
            self._left -= 1
        yield Delta(self._words)
        await asyncio.Event().wait()
