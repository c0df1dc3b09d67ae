"""An interview in the terminal: lines in, the interviewer's words out. Called by `mockloop practice`."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from mockloop.cli.scorecard import print_scorecard
from mockloop.client import ApiError, Client, LiveSession
from mockloop.rooms import protocol as p
from mockloop.runner.contract import Language

HELP = """\
Type what you would say. Lines that begin with / are commands:
  /hint            ask for a hint            /repeat          hear the question again
  /code FILE       save FILE as your solution
  /run FILE        run FILE as a program     /test FILE       run the tests on FILE
  /next            go on to the next part    /time            how much time is left
  /end             end the interview         /help            this text
"""
SUFFIXES: dict[str, Language] = {".py": "python", ".js": "javascript", ".ts": "typescript"}
SCORECARD_WAIT_S = 30


async def practise(url: str, username: str, password: str, *, create: bool, wanted: dict[str, Any]) -> None:
    """Sign in, go on with the open interview or begin one, hold it, and show the scorecard. Raises `ApiError`."""
    async with Client(url) as client:
        await (client.sign_up if create else client.log_in)(username, password)
        session = await _new_or_open(client, wanted)
        problem = session["problem"]
        print(f"\n{session['title']}: {problem['title']} ({session['difficulty']})\n")
        for segment in session["segments"]:
            print(f"  {segment['minutes']:>4g} min  {segment['title']}: {segment['purpose']}")
        print(f"\n{problem['statement']}\n\n{HELP}")
        await client.request("PATCH", f"/api/sessions/{session['id']}/start")
        async with client.live(session["id"]) as live:
            live.watchers.append(_show)
            for entry in live.entries:
                _show(p.Happened(entries=(entry,)))
            await _converse(client, live)
        await _show_scorecard(client, session["id"])


async def _new_or_open(client: Client, wanted: dict[str, Any]) -> dict[str, Any]:
    try:
        return await client.create_session(**wanted)
    except ApiError as error:
        if error.code != "session_already_open":
            raise
        print("You have an interview open; going on with it.")
        session: dict[str, Any] = await client.request("GET", f"/api/sessions/{error.details['session_id']}")
        return session


async def _converse(client: Client, live: LiveSession) -> None:
    ended = asyncio.create_task(live.until(lambda: live.state.ended, timeout_s=24 * 3600))
    lines = _lines()
    while not live.state.ended:
        line = asyncio.ensure_future(anext(lines, "/end"))
        await asyncio.wait({line, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not line.done():
            line.cancel()
            break
        text = line.result().strip()
        if text:
            try:
                await _handle(client, live, text)
            except ApiError as error:
                print(f"  ! {error.message}")
            except (ValueError, OSError) as error:  # a message too long, a file that is no text or cannot be read
                print(f"  ! {_first_line(error)}")
    ended.cancel()
    await asyncio.gather(ended, return_exceptions=True)


def _first_line(error: ValueError | OSError) -> str:
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["msg"])
    return str(error) or "no answer in time; go on, or try again"  # a TimeoutError is an OSError without words


async def _lines() -> AsyncIterator[str]:
    """Lines from the terminal, without blocking the socket. Input that ends, ends the interview."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line


async def _handle(client: Client, live: LiveSession, text: str) -> None:
    name, _, rest = text.partition(" ")
    match name:
        case "/help":
            print(HELP)
        case "/hint":
            await live.perform(p.AskHint(client_id=uuid4()))
        case "/repeat":
            await live.perform(p.AskRepeat(client_id=uuid4()))
        case "/next":
            await live.perform(p.EnterNextSegment(client_id=uuid4()))
        case "/time":
            _show_time(live)
        case "/end":
            await client.request("PATCH", f"/api/sessions/{live.session_id}/end")
            await live.until(lambda: live.state.ended)
        case "/code" | "/run" | "/test":
            await _work_on_file(client, live, name, Path(rest.strip()))
        case _:
            await live.say(text)
            await live.until(lambda: not live.state.owes_turn)


async def _work_on_file(client: Client, live: LiveSession, name: str, path: Path) -> None:
    language = SUFFIXES.get(path.suffix)
    if language is None or not path.is_file():
        print(f"  ! {path} is no .py, .js or .ts file that can be read")
        return
    source = path.read_text("utf-8")
    present = live.state.solutions.get(language)
    if present is None or present.text != source:
        edit = p.EditFile(
            client_id=uuid4(),
            file="solution",
            language=language,
            text=source,
            base_seq=present.seq if present else 0,
        )
        await live.perform(edit)
        print("  saved")
    if name != "/code":
        body = {
            "code": source,
            "language": language,
            "kind": "tests" if name == "/test" else "script",
            "client_id": str(uuid4()),
        }
        await client.request("POST", f"/api/sessions/{live.session_id}/code", body)


def _show_time(live: LiveSession) -> None:
    if live.state.deadline_at is not None:
        left = live.state.deadline_at - datetime.now(UTC)
        segment = live.state.segment
        print(f"  {max(0, int(left.total_seconds() // 60))} minutes left; now: {segment.title if segment else ''}")


def _show(notice: p.Notice) -> None:
    if isinstance(notice, p.Queued) and notice.ahead:
        print(f"  waiting: {notice.ahead} before you", flush=True)
    if not isinstance(notice, p.Happened):
        return
    for entry in notice.entries:
        match entry.event.type:
            case "InterviewerSaid":
                print(f"\nInterviewer: {entry.event.text}\n", flush=True)
            case "SegmentEntered":
                print(f"  -- {entry.event.segment_id} --")
            case "CodeRan":
                _show_run(entry.event)
            case "SessionCompleted" | "SessionExpired":
                print("\nThe interview is over.", flush=True)


def _show_run(run: Any) -> None:
    for text in (run.stdout, run.stderr, run.message):
        if text:
            print("  | " + text.rstrip().replace("\n", "\n  | "))
    for test in run.tests:
        print(f"  {test.outcome:<8} {test.arguments} -> {test.actual or test.message} (expected {test.expected})")
    if run.hidden_total:
        print(f"  {run.hidden_passed} of {run.hidden_total} further checks passed")


async def _show_scorecard(client: Client, session_id: str) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SCORECARD_WAIT_S):
            while True:
                try:
                    print_scorecard(await client.request("GET", f"/api/sessions/{session_id}/feedback"))
                    return
                except ApiError as error:
                    if error.code != "not_judged_yet":
                        raise
                await asyncio.sleep(0.2)
    print("The scorecard is not ready yet; look at it in the browser.")
