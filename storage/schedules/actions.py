"""Starting by the clock and by hand; answering for what was missed.

An occurrence and its job stand in one transaction under the key (schedule, occurrence), so neither
two pools nor a crash nor a clock that steps can start the same run twice.
"""

from collections.abc import Sequence
from datetime import datetime

from storage.audit.actions import act
from storage.audit.actor import SYSTEM, Actor
from storage.canonical import canonical_json
from storage.clock import to_text
from storage.database import now, read_only
from storage.engine import ledger
from storage.errors import WrongState
from storage.identity import new_id
from storage.jobs.cadence import Every
from storage.jobs.record import Origin, Submitted
from storage.jobs.submission import submit
from storage.schedules.outlook import look
from storage.schedules.rules import INSTANT, Due, Plan
from storage.schedules.ships_clock import ships_clock
from storage.schedules.states import OccurrenceState
from storage.schedules.tables import Occurrence
from storage.schedules.timetable import Scheduled

_SEEN = """
INSERT INTO schedule (name, plan, seen_until) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET plan = excluded.plan, seen_until = excluded.seen_until
"""
_ACTIVE = """
SELECT job.job_id FROM job JOIN (
    SELECT job_id FROM schedule_occurrence WHERE schedule = ? AND job_id IS NOT NULL
    ORDER BY seq DESC LIMIT 1) AS latest ON latest.job_id = job.job_id
WHERE job.status IN ('queued', 'running')
"""
_ANSWER = """
UPDATE schedule_occurrence SET state = ?, job_id = ?, answered_at = ?
WHERE schedule = ? AND state = 'missed' RETURNING count
"""


def run_due(actor: Actor, schedule: Scheduled) -> Submitted | None:
    """Note what was missed, then start what is due now; None when nothing is.

    At most one job, however much was due. Nothing is locked when there is nothing to do.
    """
    with read_only():
        outlook = look(schedule, now())
    if outlook.missed or not outlook.noted:
        note_missed(actor, schedule)
    return start_due(actor, schedule) if outlook.run else None


def note_missed(actor: Actor, schedule: Scheduled) -> None:
    """Put on record what came too late to run by itself, as one row however many they are."""
    with act(actor, "schedule.missed", "schedule", schedule.name) as deed:
        outlook = look(schedule, deed.at)
        if outlook.run is None:
            _see(schedule, outlook.plan, deed.at)
        else:
            _see(schedule, outlook.went_by, outlook.run.at - INSTANT)
        if not outlook.missed:
            deed.unchanged()
            return
        first, last = outlook.missed[0], outlook.missed[-1]
        deed.detail = {
            "count": len(outlook.missed), "first": to_text(first.at), "last": to_text(last.at)
        }  # fmt: skip
        _record(schedule, OccurrenceState.MISSED, outlook.missed, deed.at)


def start_due(actor: Actor, schedule: Scheduled) -> Submitted | None:
    """Start the occurrence that is due; None when another pool has.

    While work of the schedule still waits or runs, that work is enough: nothing piles up behind a
    paused engine. A run of an interval stands for those it missed.
    """
    trace_id = new_id()
    with act(actor, "schedule.started", "schedule", schedule.name, trace_id=trace_id) as deed:
        note_missed(actor, schedule)
        outlook = look(schedule, deed.at)
        if outlook.run is None:
            deed.unchanged()
            return None
        job = _waiting_work(schedule) or submit(
            actor, schedule.kind, {}, vessel_id=outlook.ship.vessel_id, trace_id=trace_id,
            origin=Origin.SCHEDULED, idempotency_key=f"schedule:{schedule.name}:{outlook.run.key}",
        )  # fmt: skip
        state = OccurrenceState.STARTED if job.created else OccurrenceState.JOINED
        _see(schedule, outlook.plan, deed.at)
        _record(schedule, state, (outlook.run,), deed.at, job.job_id)
        deed.detail = {"occurrence": outlook.run.key, "state": state.value, "job_id": job.job_id}
        if isinstance(schedule.rule, Every):
            deed.detail["made_up"] = _answer(schedule, OccurrenceState.MADE_UP, deed.at, job.job_id)
        return job


def run_now(actor: Actor, schedule: Scheduled) -> tuple[Submitted, int]:
    """Start a schedule by hand: the job, and how many missed runs it makes up for."""
    trace_id = new_id()
    with act(actor, "schedule.run_by_hand", "schedule", schedule.name, trace_id=trace_id) as deed:
        note_missed(SYSTEM, schedule)
        vessel_id = ships_clock().vessel_id
        job = submit(actor, schedule.kind, {}, vessel_id=vessel_id, trace_id=trace_id)
        by_hand = Due(f"by hand {job.job_id}", deed.at)
        known = Occurrence.get_or_none(
            Occurrence.schedule == schedule.name, Occurrence.occurrence == by_hand.key
        )
        if known is None:
            _record(schedule, OccurrenceState.BY_HAND, (by_hand,), deed.at, job.job_id)
        made_up = _answer(schedule, OccurrenceState.MADE_UP, deed.at, job.job_id)
        deed.detail = {"job_id": job.job_id, "made_up": made_up}
        if known is not None and not made_up:
            deed.unchanged()
        return job, made_up


def skip_missed(actor: Actor, schedule: Scheduled) -> int:
    """Let everything a schedule missed be; how many runs that were.

    Raises:
        WrongState: it missed nothing, or that has been answered.
    """
    with act(actor, "schedule.skipped", "schedule", schedule.name) as deed:
        note_missed(SYSTEM, schedule)
        skipped = _answer(schedule, OccurrenceState.SKIPPED, deed.at)
        if not skipped:
            raise WrongState(why=f"No missed run of {schedule.name} waits for an answer.")
        deed.detail = {"count": skipped}
        return skipped


def _waiting_work(schedule: Scheduled) -> Submitted | None:
    row = ledger.execute_sql(_ACTIVE, (schedule.name,)).fetchone()
    return Submitted(job_id=row[0], created=False, reason="already_active") if row else None


def _see(schedule: Scheduled, plan: Plan, until: datetime) -> None:
    text = canonical_json(plan.model_dump(mode="json")).decode()
    ledger.execute_sql(_SEEN, (schedule.name, text, to_text(until)))


def _record(
    schedule: Scheduled,
    state: OccurrenceState,
    occurrences: Sequence[Due],
    at: datetime,
    job_id: str | None = None,
) -> None:
    first, last = occurrences[0], occurrences[-1]
    Occurrence.create(
        schedule=schedule.name, state=state.value, occurrence=last.key, count=len(occurrences),
        first_due_at=first.at, due_at=last.at, noted_at=at, job_id=job_id,
    )  # fmt: skip


def _answer(
    schedule: Scheduled, state: OccurrenceState, at: datetime, job_id: str | None = None
) -> int:
    """Close everything open of a schedule; how many runs that were."""
    rows = ledger.execute_sql(_ANSWER, (state.value, job_id, to_text(at), schedule.name))
    return sum(count for (count,) in rows.fetchall())
