"""Every number that bounds a run, in one place. The ceilings that a job may lower are in `runner.contract.Limits`."""

from mockloop.runner.contract import Limits

DEFAULTS = Limits()

JOB_WALL_FACTOR = 4
"""A solution may take this many times `wall_s` over all its calls; what is left then is `not_run`."""

FULL_TIME_OUTS = 3
"""After so many calls of one solution timed out, the others get a quarter of their time each."""

RESTARTS = 40
"""Fresh sandboxes for one solution whose calls keep dying."""

VALUE_LIMIT_BYTES = 1024 * 1024
"""The encoded form of one returned value."""

VALUES_LIMIT_BYTES = 4 * 1024 * 1024
"""All returned values of one solution together."""

VALUE_DEPTH = 200
"""Nesting of a returned value."""

CALLS_LIMIT_BYTES = 16 * 1024 * 1024
"""The encoded arguments of one solution."""

OPEN_FILES = 128

WARM_MAX_AGE_S = 300.0
"""Warm sandboxes are replaced after this time, so that none lives on with a stale kernel or memory state."""

START_LIMIT_S = 10.0
"""Longest wait for an interpreter to be ready in its sandbox; beyond it the sandbox counts as ours to mend."""
