"""Every schedule: its next run, its last one, and what it missed."""

from datetime import datetime

from storage.database import now, read_only
from storage.engine import ledger
from storage.jobs.kinds import JobKind
from storage.jobs.states import JobStatus
from storage.schedules.outlook import Outlook, look
from storage.schedules.rules import grace
from storage.schedules.states import OccurrenceState
from storage.schedules.tables import Occurrence
from storage.schedules.timetable import Scheduled, timetable
from storage.value import Value

_JOB_STATUS = "SELECT status FROM job WHERE job_id = ?"


class NextRun(Value):
    """When a schedule is due next; `both_times` is ship's time and UTC in words."""

    occurrence: str
    due_at: datetime
    both_times: str


class LastRun(Value):
    """The run of a schedule that was started last, and its job."""

    occurrence: str
    state: OccurrenceState
    due_at: datetime
    both_times: str
    started_at: datetime
    job_id: str
    job_status: JobStatus


class Missed(Value):
    """All missed runs of a schedule that wait for one answer: `schedule run` or `schedule skip`."""

    count: int
    first_due_at: datetime
    last_due_at: datetime


class ScheduleView(Value):
    """One schedule. `why_never` says why there is no next run; `grace_s` are seconds."""

    name: str
    kind: JobKind
    rule: str
    grace_s: int
    next: NextRun | None
    why_never: str | None
    last: LastRun | None
    missed: Missed | None


def list_schedules() -> list[ScheduleView]:
    """Every schedule as it stands now, missed runs no worker has noted yet included."""
    with read_only():
        return [schedule_view(schedule) for schedule in timetable()]


def schedule_view(schedule: Scheduled) -> ScheduleView:
    """One schedule as it stands now."""
    with read_only():
        outlook = look(schedule, now())
        return ScheduleView(
            name=schedule.name,
            kind=schedule.kind,
            rule=str(schedule.rule),
            grace_s=int(grace(schedule.rule).total_seconds()),
            next=_next(outlook),
            why_never=_why_never(outlook),
            last=_last(schedule, outlook),
            missed=_missed(schedule, outlook),
        )


def _next(outlook: Outlook) -> NextRun | None:
    due = outlook.next
    if due is None:
        return None
    return NextRun(occurrence=due.key, due_at=due.at, both_times=outlook.ship.both_times(due.at))


def _why_never(outlook: Outlook) -> str | None:
    if outlook.next is not None:
        return None
    if outlook.ship.vessel_id is None:
        return "The store has no vessel, so no watch ends; `eightbells init` names her."
    return "The vessel has no watch bill; `eightbells vessel watch-bill` posts one."


def _last(schedule: Scheduled, outlook: Outlook) -> LastRun | None:
    rows = Occurrence.select().where(
        Occurrence.schedule == schedule.name, Occurrence.job_id.is_null(False)
    )
    row = rows.order_by(Occurrence.seq.desc()).first()
    if row is None:
        return None
    return LastRun(
        occurrence=row.occurrence,
        state=OccurrenceState(row.state),
        due_at=row.due_at,
        both_times=outlook.ship.both_times(row.due_at),
        started_at=row.answered_at or row.noted_at,
        job_id=row.job_id,
        job_status=JobStatus(ledger.execute_sql(_JOB_STATUS, (row.job_id,)).fetchone()[0]),
    )


def _missed(schedule: Scheduled, outlook: Outlook) -> Missed | None:
    rows = Occurrence.select().where(
        Occurrence.schedule == schedule.name, Occurrence.state == OccurrenceState.MISSED.value
    )
    stretches = [(row.count, row.first_due_at, row.due_at) for row in rows]
    if outlook.missed:
        new = outlook.missed
        stretches.append((len(new), new[0].at, new[-1].at))
    if not stretches:
        return None
    counts, firsts, lasts = zip(*stretches, strict=True)
    return Missed(count=sum(counts), first_due_at=min(firsts), last_due_at=max(lasts))
