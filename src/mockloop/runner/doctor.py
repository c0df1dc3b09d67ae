"""Finds out what the code runner can do on this machine, by doing it. Rendered by `mockloop doctor`."""

import shutil
from dataclasses import dataclass

from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Language, RunnerUnavailable, Script
from mockloop.runner.languages import LANGUAGES

_HELLO: dict[Language, str] = {
    "python": "import platform\nprint(platform.python_version())",
    "javascript": "console.log(process.versions.node)",
    "typescript": "const version: string = process.versions.node\nconsole.log(version)",
}


@dataclass(frozen=True)
class Finding:
    """One thing that works or does not; `mend` says what to do when it does not."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


async def check() -> list[Finding]:
    """Findings on the sandbox, user namespaces, control groups and each language. Starts and stops a helper."""
    bwrap = shutil.which("bwrap")
    findings = [
        Finding("sandbox", bwrap is not None, bwrap or "bubblewrap is not installed", "apt-get install bubblewrap")
    ]
    if bwrap is None:
        return findings
    backend = BubblewrapBackend(warm={})
    try:
        findings += await _check_backend(backend)
    finally:
        await backend.aclose()
    return findings


async def _check_backend(backend: BubblewrapBackend) -> list[Finding]:
    try:
        await backend.start()
        await backend.run(Script(language="python", source=""))
    except RunnerUnavailable as error:
        return [Finding("user namespaces", False, error.reason, "see docs/runner.md, section Troubles")]
    groups = backend.accounting.startswith("cgroup")
    findings = [
        Finding("user namespaces", True, "a sandbox starts"),
        # Not a fault: the limits hold without groups too, by polling, only less exactly.
        Finding("control groups", True, backend.accounting, "" if groups else "for exact limits see docs/runner.md"),
    ]
    return [*findings, *[await _check_language(backend, name) for name in LANGUAGES]]


async def _check_language(backend: BubblewrapBackend, language: Language) -> Finding:
    name = f"language {language}"
    try:
        result = await backend.run(Script(language=language, source=_HELLO[language]))
    except RunnerUnavailable as error:
        return Finding(name, False, error.reason, "see docs/runner.md")
    if result.outcome != "ok":
        return Finding(name, False, f"{result.outcome}: {result.message}", "see docs/runner.md")
    return Finding(name, True, f"{LANGUAGES[language].title} {result.stdout.strip()}")
