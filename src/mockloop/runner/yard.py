"""Where sandboxes come from and go to: user ids, control groups, warm pool, reaping. Owned by `runner.helper`."""

import contextlib
import os
import selectors
import signal
import time
from collections import deque
from typing import Any

from mockloop.runner.cgroups import Leaf, Tree
from mockloop.runner.pipes import Pipes
from mockloop.runner.sandbox import Plan, Size, spawn
from mockloop.runner.watch import Watch

_MOST_USER_IDS = 128
_REFILL_AFTER_S = 0.05
"""Pause after a run before the pool is refilled: warming costs what a run costs, and the next one may be waiting."""


class Yard:
    """All sandboxes of one helper: `alive`, `warm` among them, and the dying, which still hold ids and groups."""

    def __init__(
        self, selector: selectors.BaseSelector, plans: dict[str, Plan], given: dict[str, Any], tree: Tree | None
    ) -> None:
        self._selector = selector
        self._plans = plans
        self._filter: bytes = given["filter"]
        self.size = Size(**given["size"])
        """The size of pooled sandboxes."""
        self._wanted: dict[str, int] = given["warm"]
        self._max_age_s: float = given["max_age_s"]
        self._start_limit_s: float = given["start_limit_s"]
        self._tree = tree
        self._uids = deque(_user_ids()) if os.geteuid() == 0 else None
        self._leaf_number = 0
        self.alive: set[Watch] = set()
        self.warm: dict[str, deque[Watch]] = {language: deque() for language in plans}
        self._dying: list[Watch] = []
        self._leaves: list[Leaf] = []
        self._refill_at = time.monotonic()
        self._failed_warm_ups = 0

    def new(self, language: str, size: Size, *, warm: bool) -> Watch:
        """A sandbox that is starting; its descriptors are not listened to yet. Raises OSError for want of room."""
        now = time.monotonic()
        if self._uids is not None and not self._uids:
            raise OSError("all user ids of the runner are in use")
        uid = self._uids.popleft() if self._uids is not None else None
        leaf = None
        plan = self._plans[language]
        try:
            if self._tree is not None:
                self._leaf_number += 1
                leaf = self._tree.leaf(str(self._leaf_number))
            sandbox = spawn(plan, size, self._filter, uid=uid, leaf=leaf, warm=warm, now=now)
        except OSError:
            self._give_back(uid, leaf)
            raise
        watch = Watch(sandbox, Pipes(self._selector, sandbox.open), language, plan, size, pooled=warm)
        self.alive.add(watch)
        return watch

    def _give_back(self, uid: int | None, leaf: Leaf | None) -> None:
        if uid is not None and self._uids is not None:
            self._uids.append(uid)
        if leaf is not None:
            self._leaves.append(leaf)

    def take_warm(self, language: str, size: Size) -> Watch | None:
        pool = self.warm.get(language)
        self._refill_at = time.monotonic() + _REFILL_AFTER_S
        if size != self.size or not pool:
            return None
        watch = pool.popleft()
        watch.pooled = False
        return watch

    def warmed_up(self, watch: Watch) -> None:
        self._failed_warm_ups = 0
        self.warm[watch.language].append(watch)

    def warm_up_failed(self) -> None:
        """Nobody's run suffers: the next job starts cold and tells what is wrong."""
        self._failed_warm_ups += 1
        self._refill_at = time.monotonic() + min(60.0, 0.5 * 2**self._failed_warm_ups)

    @property
    def patience(self) -> float | None:
        """Seconds until something here is due, None for never, or 0 while something moves."""
        if self._dying or self._leaves or any(not watch.pooled or not watch.ready for watch in self.alive):
            return 0.0
        if self._missing() is not None:
            return max(self._refill_at - time.monotonic(), 0.0)
        return 30.0 if self.alive else None

    def _missing(self) -> str | None:
        for language, count in self._wanted.items():
            pooled = sum(watch.pooled and watch.language == language for watch in self.alive)
            if language in self._plans and pooled < count:
                return language
        return None

    def refill(self, now: float) -> Watch | None:
        """Start one warm sandbox if one is missing; one at a time, because warming costs what a run costs."""
        if now < self._refill_at or any(watch.pooled and not watch.ready for watch in self.alive):
            return None
        language = self._missing()
        if language is None:
            return None
        try:
            return self.new(language, self.size, warm=True)
        except OSError:
            self.warm_up_failed()
            return None

    def retire(self, now: float) -> None:
        """End pooled sandboxes that grew old, and sandboxes that never became ready."""
        for watch in list(self.alive):
            age = now - watch.sandbox.born
            if not watch.ready and age > self._start_limit_s:
                watch.kill()
            elif watch.pooled and watch.ready and age > self._max_age_s:
                self.bury(watch)

    def bury(self, watch: Watch) -> None:
        """Let go of a sandbox: killed if need be, descriptors closed; ids and group come back when it is gone."""
        if watch not in self.alive:
            return
        self.alive.discard(watch)
        with contextlib.suppress(ValueError):
            self.warm[watch.language].remove(watch)
        watch.kill()
        watch.ended = True
        watch.run = None
        watch.pipes.close_all()
        with contextlib.suppress(KeyError):
            self._selector.unregister(watch.sandbox.pidfd)
        self._dying.append(watch)

    def reap(self) -> None:
        """Collect the dead. Zombies count against the process limit of their user id, so this is not left to init."""
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        still: list[Watch] = []
        for watch in self._dying:
            sandbox = watch.sandbox
            if _alive(sandbox.pidfd) or _alive(sandbox.first_pidfd):
                watch.kill()
                still.append(watch)
                continue
            os.close(sandbox.pidfd)
            if sandbox.first_pidfd >= 0:
                os.close(sandbox.first_pidfd)
            self._give_back(sandbox.uid, sandbox.leaf)
        self._dying = still
        self._leaves = [leaf for leaf in self._leaves if not leaf.remove()]

    def status(self) -> dict[str, Any]:
        return {
            "warm": {language: len(pool) for language, pool in self.warm.items()},
            "alive": len(self.alive),
            "dying": len(self._dying) + len(self._leaves),
            "descriptors": len(os.listdir("/proc/self/fd")),
        }

    def close(self) -> None:
        """End everything; waits up to 5 s for the kernel to let go."""
        for watch in list(self.alive):
            self.bury(watch)
        deadline = time.monotonic() + 5.0
        while (self._dying or self._leaves) and time.monotonic() < deadline:
            self.reap()
            time.sleep(0.005)
        if self._tree is not None:
            self._tree.close()


def _alive(pidfd: int) -> bool:
    """False once the process was reaped; a zombie still counts, because it still counts against limits."""
    if pidfd < 0:
        return False
    try:
        signal.pidfd_send_signal(pidfd, 0)
    except ProcessLookupError:
        return False
    return True


def _user_ids() -> list[int]:
    """A stretch of user ids of our own, different for each helper; lower where a container maps fewer."""
    with open("/proc/self/uid_map") as file:
        top = max(int(start) + int(count) for start, _, count in (line.split() for line in file))
    base, blocks = (200_000, 4000) if top > 1_000_000 else (10_000, 300)
    first = base + os.getpid() % blocks * _MOST_USER_IDS
    return list(range(first, first + _MOST_USER_IDS))
