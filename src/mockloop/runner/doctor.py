"""Finds out what the code runner can do on this machine, by doing it. Rendered by `mockloop doctor`."""

import shutil

from mockloop.diagnosis import Diagnosis
from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Language, RunnerUnavailable, Script
from mockloop.runner.docker import DockerBackend
from mockloop.runner.languages import LANGUAGES

_HELLO: dict[Language, str] = {
    "python": "import platform\nprint(platform.python_version())",
    "javascript": "console.log(process.versions.node)",
    "typescript": "const version: string = process.versions.node\nconsole.log(version)",
}


async def check() -> list[Diagnosis]:
    """Findings on the sandbox, user namespaces, control groups and each language. Starts and stops a helper."""
    bwrap = shutil.which("bwrap")
    findings = [
        Diagnosis("sandbox", bwrap is not None, bwrap or "bubblewrap is not installed", "apt-get install bubblewrap")
    ]
    if bwrap is None:
        return findings
    backend = BubblewrapBackend(warm={})
    try:
        findings += await _check_backend(backend)
    finally:
        await backend.aclose()
    return [*findings, await _check_docker()]


async def _check_docker() -> Diagnosis:
    """Never a fault: Docker is an alternative, wanted by some."""
    backend = DockerBackend(warm={})
    try:
        await backend.prepare()
    except RunnerUnavailable as error:
        return Diagnosis("backend docker", True, f"not in use: {error.reason}")
    finally:
        await backend.aclose()
    return Diagnosis("backend docker", True, "ready")


async def _check_backend(backend: BubblewrapBackend) -> list[Diagnosis]:
    try:
        await backend.start()
        await backend.run(Script(language="python", source=""))
    except RunnerUnavailable as error:
        return [Diagnosis("user namespaces", False, error.reason, "see docs/runner.md, section Troubles")]
    groups = backend.accounting.startswith("cgroup")
    findings = [
        Diagnosis("user namespaces", True, "a sandbox starts"),
        # Not a fault: the limits hold without groups too, by polling, only less exactly.
        Diagnosis("control groups", True, backend.accounting, "" if groups else "for exact limits see docs/runner.md"),
    ]
    return [*findings, *[await _check_language(backend, name) for name in LANGUAGES]]


async def _check_language(backend: BubblewrapBackend, language: Language) -> Diagnosis:
    name = f"language {language}"
    try:
        result = await backend.run(Script(language=language, source=_HELLO[language]))
    except RunnerUnavailable as error:
        return Diagnosis(name, False, error.reason, "see docs/runner.md")
    if result.outcome != "ok":
        return Diagnosis(name, False, f"{result.outcome}: {result.message}", "see docs/runner.md")
    return Diagnosis(name, True, f"{LANGUAGES[language].title} {result.stdout.strip()}")
