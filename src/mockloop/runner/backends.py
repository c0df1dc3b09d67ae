"""The table of backends, and the choice among them. Called by the composition roots and by `runner.doctor`."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Backend, RunnerUnavailable, RunResult, Script, Solution


class UnknownBackend(ValueError):
    """There is no backend of this name, or it lacks an option; the text says which."""


_PROBE = Script(language="python", source="print(1)")


@dataclass(frozen=True)
class BackendEntry:
    """One backend: how to open it with the options that it understands; others are ignored."""

    name: str
    open: Callable[[Mapping[str, Any]], Backend]
    automatic: bool = True
    """Whether `auto` may choose it; what needs an address or a daemon is asked for by name or by option."""


def _bubblewrap(options: Mapping[str, Any]) -> Backend:
    known = ("warm", "cgroups", "cgroup_parent", "cache", "program", "warm_max_age_s")
    return BubblewrapBackend(**{name: options[name] for name in known if name in options})


def _docker(options: Mapping[str, Any]) -> Backend:
    from mockloop.runner.docker import DockerBackend

    known = {"docker_image": "image", "docker_runtime": "runtime", "docker_program": "program", "docker_warm": "warm"}
    return DockerBackend(**{known[name]: value for name, value in options.items() if name in known})


def _remote(options: Mapping[str, Any]) -> Backend:
    from mockloop.runner.remote import RemoteBackend

    if not options.get("remote_url") or not options.get("remote_secret"):
        raise UnknownBackend(
            "the backend remote needs a runner service: set MOCKLOOP_RUNNER_URL and MOCKLOOP_RUNNER_SECRET"
        )
    return RemoteBackend(url=options["remote_url"], secret=options["remote_secret"])


BACKENDS: dict[str, BackendEntry] = {
    "bubblewrap": BackendEntry("bubblewrap", _bubblewrap),
    "docker": BackendEntry("docker", _docker),
    "remote": BackendEntry("remote", _remote, automatic=False),
}


class AutomaticBackend:
    """Tries the backends in the table's order with the first job, and stays with the first that isolates.

    When none does, every job raises `RunnerUnavailable` with all reasons; the next job tries again.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._choosing = asyncio.Lock()
        self.name = "auto"
        self.chosen: Backend | None = None

    async def run(self, job: Script | Solution) -> RunResult:
        async with self._choosing:
            backend = self.chosen or await self._choose()
        return await backend.run(job)

    async def _choose(self) -> Backend:
        reasons: list[str] = []
        for entry in BACKENDS.values():
            if not entry.automatic:
                continue
            backend = entry.open(self._options)
            try:
                result = await backend.run(_PROBE)
            except RunnerUnavailable as error:
                reasons.append(f"{entry.name}: {error.reason}")
                await backend.aclose()
                continue
            if result.outcome != "ok":
                reasons.append(f"{entry.name}: a first program ended with {result.outcome}: {result.message}")
                await backend.aclose()
                continue
            self.chosen, self.name = backend, entry.name
            return backend
        raise RunnerUnavailable("; ".join(reasons) or "no backend is left to try")

    async def aclose(self) -> None:
        if self.chosen is not None:
            await self.chosen.aclose()
            self.chosen = None


def open_backend(name: str = "auto", **options: Any) -> Backend:
    """The backend `name`, not started yet: the first job starts it. Raises `UnknownBackend`."""
    if name == "auto":
        return AutomaticBackend(options)
    if name not in BACKENDS:
        raise UnknownBackend(f"{name} is no runner backend; there are {', '.join(['auto', *BACKENDS])}")
    return BACKENDS[name].open(options)
