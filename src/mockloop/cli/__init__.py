"""The command line: the outermost composition root. Each command is a module here; `main` is the entry point.

A command imports what it works with when it is called, so that none waits for the parts of another.
"""

import sys

import typer

from mockloop.cli import bank, doctor, grade, practice, serve, usage
from mockloop.runner.cli import run_command, runner_command
from mockloop.settings import BadSettings

app = typer.Typer(
    name="mockloop",
    help="Practise interviews on your own machine, with marks you can trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("work")(serve.work)
app.command("migrate")(serve.migrate_database)
app.command("rotate-keys")(serve.rotate_keys)
app.command("practice")(practice.practice)
app.command("doctor")(doctor.doctor)
app.command("grade")(grade.grade_answers)
app.command("usage")(usage.usage)
app.command("run")(run_command)
app.command("runner")(runner_command)
app.add_typer(bank.app, name="bank")


def main() -> None:
    """Run a command; a setting that is wrong is one clear line, not a traceback."""
    try:
        app()
    except BadSettings as error:
        print(f"mockloop: {error}", file=sys.stderr)
        raise SystemExit(2) from None
