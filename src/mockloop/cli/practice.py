"""`mockloop practice`: the same interview in a terminal, over the same API. `terminal` holds the conversation."""

import asyncio
import sys
from typing import Annotated

import typer


def practice(
    url: Annotated[str, typer.Option(help="Where MockLoop runs.")] = "http://localhost:8000",
    username: Annotated[str, typer.Option(prompt=True, help="Your username or e-mail.")] = "",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, help="Your password.")] = "",
    create: Annotated[bool, typer.Option("--create", help="Create the account first.")] = False,
    format: Annotated[str, typer.Option(help="coding-30 or drill-15.")] = "coding-30",
    question: Annotated[str | None, typer.Option(help="Id of a question; surprise me when left out.")] = None,
    difficulty: Annotated[str | None, typer.Option(help="easy, medium or hard.")] = None,
    style: Annotated[str, typer.Option(help="Company style.")] = "generic",
    language: Annotated[str, typer.Option(help="python, javascript or typescript.")] = "python",
) -> None:
    """Practise in the terminal. An interview that is still open is gone on with."""
    import httpx

    from mockloop.cli.terminal import practise
    from mockloop.client import ApiError

    wanted = {
        "format": format,
        "question": question,
        "difficulty": difficulty,
        "company_style": style,
        "language": language,
    }
    try:
        asyncio.run(practise(url, username, password, create=create, wanted=wanted))
    except ApiError as error:
        print(f"mockloop: {error.message}", file=sys.stderr)
        raise SystemExit(1) from error
    except httpx.HTTPError as error:
        print(f"mockloop: nothing answers at {url}; start it with: mockloop serve", file=sys.stderr)
        raise SystemExit(1) from error
