"""The contract between whoever wants code run and whatever runs it: a job goes in, a `RunResult` comes out.

Expected values never enter a job. A solution returns values, and `runner.verdicts` compares them outside.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["python", "javascript", "typescript"]

RunOutcome = Literal["ok", "crashed", "timed_out", "out_of_memory", "too_much_output", "compile_error", "refused"]
"""What became of a program. `refused` means that the sandbox forbade the job itself (source too large, say)."""

CallOutcome = Literal["returned", "crashed", "timed_out", "out_of_memory", "too_much_output", "not_run"]

VerdictOutcome = Literal["passed", "failed", "crashed", "timed_out", "out_of_memory", "too_much_output", "not_run"]
"""What became of one test, once its value was compared outside the sandbox."""

SOURCE_LIMIT_BYTES = 64 * 1024
STDIN_LIMIT_BYTES = 64 * 1024
CALLS_LIMIT = 200


class RunnerUnavailable(Exception):
    """The code runner cannot start a sandbox; this is our fault, not the program's.

    `reason` says what is wrong and how to mend it, for the operator.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Frozen):
    """Ceilings of one run. A job may lower them, never raise them (`runner.limits` holds the ceilings)."""

    wall_s: float = Field(10.0, gt=0, le=10)
    cpu_s: float = Field(5.0, gt=0, le=5)
    memory_mb: int = Field(256, ge=16, le=256, description="for the whole run, all processes together")
    processes: int = Field(64, ge=1, le=64, description="processes and threads")
    output_kb: int = Field(64, ge=1, le=64, description="per stream")
    scratch_mb: int = Field(32, ge=1, le=32)


class Script(_Frozen):
    """A whole program: source and standard input in, output out."""

    kind: Literal["script"] = "script"
    language: Language
    source: str
    stdin: str = ""
    args: tuple[str, ...] = ()
    limits: Limits = Limits()


class Solution(_Frozen):
    """A function or a class, called once per list of arguments; each call answers with one value.

    For a function, `calls[i]` is its list of arguments. For a class, `calls[i]` is `[operations, arguments]`:
    `[["Stack", "push", "pop"], [[], [1], []]]` constructs, pushes 1, pops, and returns `[null, null, 1]`.
    `parameter_kinds` names, per parameter, a structure to build from its JSON form before the call
    (`list_node` from `[1, 2, 3]`, `tree_node` from level order `[1, null, 2]`), and `return_kind` the reverse.
    """

    kind: Literal["solution"] = "solution"
    language: Language
    source: str
    entry_point: str
    entry_kind: Literal["function", "class"] = "function"
    calls: tuple[tuple[Any, ...], ...]
    parameter_kinds: tuple[Literal["plain", "list_node", "tree_node"], ...] = ()
    return_kind: Literal["plain", "list_node", "tree_node"] = "plain"
    limits: Limits = Limits()
    limits_per_call_s: float | None = Field(None, gt=0, le=10, description="wall seconds a single call may take")


Job = Annotated[Script | Solution, Field(discriminator="kind")]


class CallResult(_Frozen):
    """What one call of a solution gave. `value` is JSON, with tags for what JSON has not (see `runner.values`)."""

    index: int
    outcome: CallOutcome
    value: Any = None
    wall_s: float = 0.0
    message: str = ""
    line: int | None = Field(None, description="1-based line in the candidate's own file, where an error points to one")


class RunResult(_Frozen):
    """What became of a job. Times and memory are measured outside the sandbox."""

    outcome: RunOutcome
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None
    signal: int | None = None
    wall_s: float = 0.0
    cpu_s: float = 0.0
    memory_mb: float = 0.0
    truncated: bool = False
    message: str = Field("", description="one sentence for a person; empty when all went well")
    line: int | None = None
    calls: tuple[CallResult, ...] = ()


class Backend(Protocol):
    """Something that isolates and runs. One file per backend, listed in `runner.backends.BACKENDS`."""

    name: str

    async def run(self, job: Script | Solution) -> RunResult:
        """Run one job to its end. Raises `RunnerUnavailable` when no sandbox can be had."""
        ...

    async def aclose(self) -> None:
        """Stop helpers and warm sandboxes; afterwards nothing of this backend is left on the machine."""
        ...


Position = Callable[[int], None]
"""Told how many runs go first, each time that changes; 0 means that the run has started."""


class Runner(Protocol):
    """What the rest of the program sees: a backend behind a queue that is fair between users."""

    async def run(self, job: Script | Solution, *, owner: str = "", position: Position | None = None) -> RunResult:
        """Run one job. `owner` is whom the queue is fair between; `position` hears of a job that has to wait.

        Raises `RunnerUnavailable`, `QueueFull`.
        """
        ...

    async def aclose(self) -> None: ...
