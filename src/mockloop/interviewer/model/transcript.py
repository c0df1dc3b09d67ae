"""The conversation as a model sees it: the latest messages whole, older ones in a line each, by fixed rules."""

from collections.abc import Sequence

from mockloop.modes.fencing import CHARACTERS_PER_TOKEN, clipped
from mockloop.sessions.state import Message

_LINE_WORDS = 16
_LONGEST_MESSAGE = 500
"""Tokens of one message; a candidate may paste 8 kB."""


def transcript_of(messages: Sequence[Message], *, recent: int, earlier: int) -> str:
    """Messages, oldest first, within both budgets (tokens). Words that a retry has replaced are left out."""
    told = [message for message in messages if message.replaced_by is None]
    whole: list[str] = []
    room = recent * CHARACTERS_PER_TOKEN
    for message in reversed(told):
        text = _whole(message)
        room -= len(text) + 1
        if room < 0 and whole:
            break
        whole.append(text)
    older = told[: len(told) - len(whole)]
    if not older:
        return "\n".join(reversed(whole))
    lines = clipped("\n".join(map(_line, older)), earlier, keep="end", what="messages")
    return "\n".join([f"{len(older)} older messages, shortened:", lines, "The latest, whole:", *reversed(whole)])


def _whole(message: Message) -> str:
    """Each line of a message behind a bar, so that nobody can speak for the other side inside their own words."""
    text = clipped(message.text, _LONGEST_MESSAGE, line=None)
    return "\n".join([f"{message.speaker} ({message.seq}):", *(f"| {line}" for line in text.splitlines())])


def _line(message: Message) -> str:
    words = message.text.split()
    cut = " ".join(words[:_LINE_WORDS])[:160]
    return f"{message.speaker} ({message.seq}): {cut}" + (" ..." if len(words) > _LINE_WORDS else "")
