"""When to meet a question again, by FSRS. Pure and deterministic: no fuzz, whole days, the published parameters."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import fsrs

from mockloop.judging.weights import LONGEST_PAUSE_DAYS, RATINGS, RETENTION

Rating = Literal["Again", "Hard", "Good", "Easy"]

_FSRS = fsrs.Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),  # those are minutes; nobody sits the same interview twice within the hour
    relearning_steps=(),
    maximum_interval=LONGEST_PAUSE_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True)
class Memory:
    """What is known of how well a user remembers a question: FSRS' stability (days) and difficulty (1-10)."""

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime
    reviews: int

    @property
    def in_days(self) -> int:
        """Days from the last review to the next."""
        return (self.due_at - self.reviewed_at).days


def rating_of(overall: float) -> Rating:
    """The overall mark, 0-100, as FSRS wants to hear it."""
    return next(rating for below, rating in RATINGS if overall < below)


def reviewed(before: Memory | None, overall: float, at: datetime) -> Memory:
    """The memory after a session of the question with this overall mark, which ended at `at`."""
    at = at.astimezone(UTC)
    card = fsrs.Card(card_id=0)
    if before is not None:
        at = max(at, before.reviewed_at.astimezone(UTC))  # two sessions may be judged in the other order
        card = fsrs.Card(
            card_id=0,
            state=fsrs.State.Review,
            stability=before.stability,
            difficulty=before.difficulty,
            due=before.due_at.astimezone(UTC),
            last_review=before.reviewed_at.astimezone(UTC),
        )
    after, _ = _FSRS.review_card(card, fsrs.Rating[rating_of(overall)], at)
    assert after.stability is not None
    assert after.difficulty is not None
    days = max(1, round((after.due - at) / timedelta(days=1)))
    return Memory(
        stability=after.stability,
        difficulty=after.difficulty,
        reviewed_at=at,
        due_at=at + timedelta(days=days),
        reviews=1 + (before.reviews if before else 0),
    )
