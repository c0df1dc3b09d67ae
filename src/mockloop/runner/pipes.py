"""Our ends of one sandbox's pipes, driven by the helper's selector; nothing here blocks. Called by `runner.helper`."""

import contextlib
import os
import selectors
from collections.abc import Callable, Iterator

_PIECE = 1 << 16
_MOST_PIECES = 32
"""What is read at the end at most: more than a pipe holds, and an end for a program that is still writing."""


class Pipes:
    """Reads by callback, writes by queue. Owns the descriptors: `close_all` leaves none open."""

    def __init__(self, selector: selectors.BaseSelector, descriptors: set[int]) -> None:
        self._selector = selector
        self._open = descriptors
        self._unsent: dict[int, bytearray] = {}
        self._last: set[int] = set()

    def listen(self, descriptor: int, take: Callable[[bytes], None]) -> None:
        """Call `take` with every piece that arrives, until the other side closes."""
        self._selector.register(descriptor, selectors.EVENT_READ, lambda _: self._readable(descriptor, take))

    def _readable(self, descriptor: int, take: Callable[[bytes], None]) -> None:
        # Closed by an earlier event of the same round: the number may already belong to another sandbox.
        if descriptor not in self._open:
            return
        try:
            piece = os.read(descriptor, _PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            take(piece)
        else:
            self.close(descriptor)

    def rest_of(self, descriptor: int) -> Iterator[bytes]:
        """What is in the pipe right now, without waiting."""
        for _ in range(_MOST_PIECES):
            if descriptor not in self._open:
                return
            try:
                piece = os.read(descriptor, _PIECE)
            except OSError:
                return
            if not piece:
                return
            yield piece

    def send(self, descriptor: int, piece: bytes) -> None:
        """Write `piece`, now or as soon as the other side reads; dropped when it no longer does."""
        if descriptor not in self._open:
            return
        unsent = self._unsent.get(descriptor)
        if unsent is not None:
            unsent += piece
            return
        self._unsent[descriptor] = bytearray(piece)
        self._selector.register(descriptor, selectors.EVENT_WRITE, lambda _: self._writable(descriptor))
        self._writable(descriptor)

    def finish(self, descriptor: int) -> None:
        """Close once everything is written, so that the other side sees the end."""
        if descriptor in self._unsent:
            self._last.add(descriptor)
        else:
            self.close(descriptor)

    def _writable(self, descriptor: int) -> None:
        unsent = self._unsent.get(descriptor)
        if unsent is None:
            return
        try:
            while unsent:
                del unsent[: os.write(descriptor, unsent[:_PIECE])]
        except BlockingIOError:
            return
        except OSError:
            self.close(descriptor)
            return
        self._selector.unregister(descriptor)
        del self._unsent[descriptor]
        if descriptor in self._last:
            self.close(descriptor)

    def close(self, descriptor: int) -> None:
        if descriptor in self._open:
            with contextlib.suppress(KeyError):
                self._selector.unregister(descriptor)
            self._unsent.pop(descriptor, None)
            self._open.discard(descriptor)
            os.close(descriptor)

    def close_all(self) -> None:
        for descriptor in list(self._open):
            self.close(descriptor)
