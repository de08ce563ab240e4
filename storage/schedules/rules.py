"""When a schedule is due, and what of that was missed (pure).

A time of the ship's clock is due at the first moment that clock shows it or a later one. So a time
that is skipped when clocks are advanced is due at the change, and one that comes twice when they
are retarded is due the first time: each runs exactly once, whatever happens to the clocks.
"""

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from storage.jobs.cadence import Clocked, Daily, EndOfWatch, Every
from storage.value import Value

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
"""The shortest time the store can tell apart: "after" is from one instant later."""

LOOKBACK = timedelta(days=31)
"""How far back runs are counted as missed: after a winter laid up nobody reads a year of them."""

MOST_INTERVALS = 1000
"""So many intervals at most are counted as missed: the next run makes up for them anyway."""

LOOKAHEAD = timedelta(days=3)
"""The ship's clock shows every time of day within this, date line included."""

END_OF_WATCH_GRACE = timedelta(minutes=15)
DAILY_GRACE = timedelta(hours=1)
SHORTEST_GRACE = timedelta(seconds=5)

Offsets = Sequence[tuple[datetime, int]]
"""Ship's time as it was changed: since when, and minutes east of UTC; the oldest first."""

UTC_ALONE: Offsets = ((EPOCH, 0),)
"""The clock of a store without a vessel."""


class Plan(Value):
    """When a schedule is due, the watch bill filled in; with neither field it never is.

    `times` are of the ship's clock, HHMM.
    """

    every_s: int = 0
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """One occurrence: its name, which is the same in every pool and for ever, and its moment."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of what is due: the one to run now, and what came too late to run by itself."""

    run: Due | None = None
    missed: tuple[Due, ...] = ()


def plan_of(rule: Clocked, watch_ends: Sequence[str]) -> Plan:
    """The rule of a schedule with the ends of the watches filled in."""
    match rule:
        case Every(seconds=seconds):
            return Plan(every_s=seconds)
        case Daily(at=at):
            return Plan(times=(at,))
        case EndOfWatch():
            return Plan(times=tuple(sorted(set(watch_ends))))


def grace(rule: Clocked) -> timedelta:
    """How late a run may still start by itself.

    Every n: half of n, so two runs are never closer than that, and the next is soon. Daily: an
    hour, still the same quiet time of day, and no more than a clock is usually changed by. End of
    watch: a quarter of an hour, while the watches are still handing over.
    """
    match rule:
        case Every(seconds=seconds):
            return max(timedelta(seconds=seconds) / 2, SHORTEST_GRACE)
        case Daily():
            return DAILY_GRACE
        case EndOfWatch():
            return END_OF_WATCH_GRACE


def lookback(rule: Clocked, plan: Plan) -> timedelta:
    """How far back a look goes, however long nobody has looked.

    What only runs when work waits missed nothing while none did, so it looks back for its grace.
    """
    if isinstance(rule, Every) and rule.when_waiting:
        return grace(rule)
    return min(LOOKBACK, MOST_INTERVALS * timedelta(seconds=plan.every_s) or LOOKBACK)


def judge(due: Sequence[Due], now: datetime, within: timedelta) -> Verdict:
    """The newest runs unless it is too late; every other one was missed. So one run at most."""
    if due and now - due[-1].at <= within:
        return Verdict(run=due[-1], missed=tuple(due[:-1]))
    return Verdict(missed=tuple(due))


def occurrences(plan: Plan, offsets: Offsets, start: datetime, end: datetime) -> list[Due]:
    """What is due from `start` to `end`, both included, in order.

    Times the ship's clock skips in one change fall due together and are one occurrence: the last.
    """
    if plan.every_s:
        return list(_every(timedelta(seconds=plan.every_s), start, end))
    last_of_moment = {due.at: due for due in _by_ships_clock(plan.times, offsets, start, end)}
    return [last_of_moment[moment] for moment in sorted(last_of_moment)]


def next_after(
    plan: Plan, offsets: Offsets, moment: datetime, taken: Container[str] = ()
) -> Due | None:
    """The first occurrence after `moment` that is not `taken`; None when the plan is never due."""
    ahead = timedelta(seconds=plan.every_s) or LOOKAHEAD
    while plan.every_s or plan.times:
        start, moment = moment + INSTANT, moment + ahead
        for due in occurrences(plan, offsets, start, moment):
            if due.key not in taken:
                return due
    return None


def first_shown(local: datetime, offsets: Offsets) -> datetime:
    """The first moment (UTC) at which the ship's clock shows `local` or a later time.

    `local` is a reading of that clock, labelled UTC. Before the first offset the first one holds;
    without any, ship's time is UTC.
    """
    begin: datetime | None = None
    ends = [*(since for since, _ in offsets[1:]), None]
    for (_, minutes), end in zip(offsets, ends, strict=True):
        shown = local - timedelta(minutes=minutes)
        moment = shown if begin is None else max(shown, begin)
        if end is None or moment < end:
            return moment
        begin = end
    return local


def _every(step: timedelta, start: datetime, end: datetime) -> Iterator[Due]:
    first = -((EPOCH - start) // step)
    for number in range(first, (end - EPOCH) // step + 1):
        at = EPOCH + number * step
        yield Due(f"{at.replace(tzinfo=None).isoformat()}Z", at)


def _by_ships_clock(
    times: Sequence[str], offsets: Offsets, start: datetime, end: datetime
) -> Iterator[Due]:
    offsets = _lately(offsets, start) or UTC_ALONE
    minutes = [m for _, m in offsets]
    day = (start + timedelta(minutes=min(minutes))).date()
    last = (end + timedelta(minutes=max(minutes))).date()
    while day <= last:
        for time in times:
            at = first_shown(_reading(day, time), offsets)
            if start <= at <= end:
                yield Due(f"{day} {time}", at)
        day += timedelta(days=1)


def _lately(offsets: Offsets, start: datetime) -> Offsets:
    """The offsets that can matter from `start` on: no change moves a time by more than 28 h."""
    held = bisect_right(offsets, start - LOOKAHEAD, key=lambda change: change[0])
    return offsets[max(0, held - 1) :]


def _reading(day: date, hhmm: str) -> datetime:
    return datetime(day.year, day.month, day.day, int(hhmm[:2]), int(hhmm[2:]), tzinfo=UTC)
