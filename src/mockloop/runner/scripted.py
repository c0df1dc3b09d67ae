"""A runner that runs nothing and answers what it was told to: for tests of other features, and for demonstrations."""

from collections.abc import Callable, Sequence

from mockloop.runner.contract import CallResult, Position, RunnerUnavailable, RunResult, Script, Solution

Answer = RunResult | RunnerUnavailable | Callable[[Script | Solution], RunResult]


class ScriptedRunner:
    """Gives `answers` one after the other, the last one for ever; keeps the jobs it was given in `jobs`.

    Serves as a `Backend` and as a `Runner`. Without answers every script prints nothing and every call returns null.
    """

    name = "scripted"

    def __init__(self, answers: Sequence[Answer] = ()) -> None:
        self._answers = list(answers)
        self.jobs: list[Script | Solution] = []
        self.owners: list[str] = []
        self.closed = False

    async def run(self, job: Script | Solution, *, owner: str = "", position: Position | None = None) -> RunResult:
        self.jobs.append(job)
        self.owners.append(owner)
        if not self._answers:
            return _uneventful(job)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, RunnerUnavailable):
            raise answer
        return answer(job) if callable(answer) else answer

    async def aclose(self) -> None:
        self.closed = True


def _uneventful(job: Script | Solution) -> RunResult:
    count = len(job.calls) if isinstance(job, Solution) else 0
    calls = tuple(CallResult(index=index, outcome="returned") for index in range(count))
    return RunResult(outcome="ok", exit_code=0, calls=calls)
