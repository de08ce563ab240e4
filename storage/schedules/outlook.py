"""What of one schedule is due, missed and next, now; nothing is written here."""

from dataclasses import dataclass
from datetime import datetime

from storage.clock import to_text
from storage.engine import ledger
from storage.schedules.rules import (
    INSTANT,
    LOOKAHEAD,
    Due,
    Plan,
    grace,
    judge,
    lookback,
    next_after,
    occurrences,
    plan_of,
)
from storage.schedules.ships_clock import ShipsClock, ships_clock
from storage.schedules.tables import Schedule
from storage.schedules.timetable import Scheduled

_TAKEN = "SELECT occurrence FROM schedule_occurrence WHERE schedule = ? AND due_at >= ?"


@dataclass(frozen=True, slots=True)
class Outlook:
    """One schedule at one moment.

    `went_by` is the plan it had when it was last looked at, `plan` the one it has from now on.
    `noted`: the store knows it by this plan, and not from a later moment than this.
    """

    ship: ShipsClock
    went_by: Plan
    plan: Plan
    run: Due | None
    missed: tuple[Due, ...]
    next: Due | None
    noted: bool


def look(schedule: Scheduled, at: datetime) -> Outlook:
    """The schedule as it stands at `at`.

    What it was due for since it was last looked at goes by the plan of that time: a watch bill
    posted today changes nothing about yesterday. A clock that went back takes the schedule back
    with it; what ran already is known by its row and not due again.
    """
    ship, row = ships_clock(), Schedule.get_or_none(Schedule.name == schedule.name)
    plan = plan_of(schedule.rule, ship.watch_ends)
    went_by, seen_until = (Plan(**row.plan), row.seen_until) if row else (Plan(), at)
    since = max(min(seen_until, at), at - lookback(schedule.rule, went_by))
    taken = _taken(schedule.name, since if went_by.every_s else since - LOOKAHEAD)
    due = [d for d in occurrences(went_by, ship.offsets, since + INSTANT, at) if d.key not in taken]
    verdict = judge(due, at, grace(schedule.rule))
    return Outlook(
        ship=ship,
        went_by=went_by,
        plan=plan,
        run=verdict.run,
        missed=verdict.missed,
        next=next_after(plan, ship.offsets, at, taken),
        noted=row is not None and went_by == plan and seen_until <= at,
    )


def _taken(name: str, since: datetime) -> set[str]:
    """The occurrences that have a row already; a clock change can move one by hours, not days."""
    return {key for (key,) in ledger.execute_sql(_TAKEN, (name, to_text(since))).fetchall()}
