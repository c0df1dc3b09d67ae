"""One thing that `mockloop doctor` looked at. Made by `runner.doctor` and `db.doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """Something that works or does not; `mend` says what to do when it does not."""

    name: str
    ok: bool
    detail: str
    mend: str = ""
