"""When segments run: laying them out, resizing the present one, moving on early. Pure; called by `rooms` and `service`.

The deadline never moves. A longer segment takes its minutes from those that follow, in proportion to their length,
and a shorter one gives them back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mockloop.sessions.events import Slot
from mockloop.sessions.formats import Segment

SHORTEST_LATER_SEGMENT = timedelta(seconds=30)


def laid_out(segments: Sequence[Segment], starts_at: datetime) -> tuple[Slot, ...]:
    """The slots of all segments one after another from `starts_at`."""
    slots: list[Slot] = []
    at = starts_at
    for segment in segments:
        ends_at = at + timedelta(minutes=segment.minutes)
        slots.append(Slot(segment_id=segment.id, starts_at=at, ends_at=ends_at))
        at = ends_at
    return tuple(slots)


def resized(schedule: Sequence[Slot], segment_id: str, ends_at: datetime, now: datetime) -> tuple[Slot, ...]:
    """The schedule with `segment_id` ending at `ends_at`, kept between now and what later segments need at least."""
    at = next(i for i, slot in enumerate(schedule) if slot.segment_id == segment_id)
    later = schedule[at + 1 :]
    latest = schedule[-1].ends_at - SHORTEST_LATER_SEGMENT * len(later)
    ends_at = max(now, min(ends_at, latest)) if later else schedule[-1].ends_at
    present = schedule[at].model_copy(update={"ends_at": ends_at})
    return (*schedule[:at], present, *_stretched(later, ends_at))


def entered(schedule: Sequence[Slot], segment_id: str, now: datetime) -> tuple[Slot, ...]:
    """The schedule when `segment_id` begins now: the one before ends now, the time won goes to what follows."""
    at = next(i for i, slot in enumerate(schedule) if slot.segment_id == segment_id)
    before = [
        slot.model_copy(update={"starts_at": min(slot.starts_at, now), "ends_at": min(slot.ends_at, now)})
        for slot in schedule[:at]
    ]
    return (*before, *_stretched(schedule[at:], now))


def _stretched(slots: Sequence[Slot], starts_at: datetime) -> tuple[Slot, ...]:
    """The slots scaled to fill the time from `starts_at` to the end of the last one."""
    if not slots:
        return ()
    available = slots[-1].ends_at - starts_at
    planned = sum((slot.ends_at - slot.starts_at for slot in slots), timedelta())
    result: list[Slot] = []
    at = starts_at
    for i, slot in enumerate(slots):
        length = slot.ends_at - slot.starts_at
        share = length / planned if planned else 1 / len(slots)
        ends_at = slots[-1].ends_at if i == len(slots) - 1 else at + available * share
        result.append(slot.model_copy(update={"starts_at": at, "ends_at": ends_at}))
        at = ends_at
    return tuple(result)
