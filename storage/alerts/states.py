"""How bad it is, and everything that can stand wrong, on one page (pure)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Severity(StrEnum):
    """The least first (JOBS §6)."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


class Source(StrEnum):
    """What made the alert: the audit event of a job, or a look at the whole."""

    JOB = "job"
    WATCH = "watch"


class Standing(StrEnum):
    """What can stand wrong; at most one alert of each type is active (JOBS §6)."""

    STORE_UNWRITABLE = "store_unwritable"
    AUDIT_CHAIN_BROKEN = "audit_chain_broken"
    DISK_LOW = "disk_low"
    BACKUP_OLD = "backup_old"
    WORKER_LOST = "worker_lost"
    JOB_STUCK = "job_stuck"
    FAILURE_SPIKE = "failure_spike"
    NOBODY_WATCHES = "nobody_watches"  # never stored: whoever could store it would be watching
    WORKER_STALE = "worker_stale"
    QUEUE_BACKLOG = "queue_backlog"
    CLOCK_STEPPED = "clock_stepped"


DISK_LOW_BYTES = 500 * 2**20
LOST_WITHIN = timedelta(minutes=10)
STUCK_AFTER_S = 10.0
"""How long past its time-out; the supervisor needs two seconds to end a job."""
SPIKE_FAILURES, SPIKE_SHARE = 10, 4
SPIKE_WITHIN = timedelta(minutes=10)
"""So many failures within this time, and at least one in `SPIKE_SHARE` of all that ended."""
LOOKED_WITHIN = timedelta(seconds=60)
LOOKED_WITHIN_ON_A_SERVER = timedelta(minutes=15)
"""As long ago, by the clock of whoever reads: hosts of a fleet have clocks of their own."""
STALE_AFTER_S = 60.0  # JOBS §5
BACKLOG_JOBS, BACKLOG_WAIT_S = 1_000, 600.0
STEP_S, STEP_SHOWN_S = 2.0, 600.0
BACKUP_WITHIN = timedelta(hours=48)
"""Once a day, and one may be missed."""


@dataclass(frozen=True, slots=True)
class StandingSpec:
    """How bad a type is, what it is called, when it stands, and what a person does about it."""

    severity: Severity
    title: str
    when: str
    to_do: str


STANDING: dict[Standing, StandingSpec] = {
    Standing.STORE_UNWRITABLE: StandingSpec(
        Severity.CRITICAL,
        "The store cannot be written",
        "the last look could not commit, or the disk or its permissions refuse writing",
        "Free space or make the disk writable; until then nothing new is kept.",
    ),
    Standing.AUDIT_CHAIN_BROKEN: StandingSpec(
        Severity.CRITICAL,
        "The audit log is not whole",
        "an event does not follow the one before it, or events are gone; all of it is walked "
        "every six hours, what is new at each look",
        "Keep a copy of the store as it is, run `eightbells audit verify`, restore a backup.",
    ),
    Standing.DISK_LOW: StandingSpec(
        Severity.ERROR,
        "The disk is nearly full",
        f"less than {DISK_LOW_BYTES // 2**20} MiB are free",
        "Move old backups and exports off this disk.",
    ),
    Standing.BACKUP_OLD: StandingSpec(
        Severity.ERROR,
        "The last good backup is old",
        f"none of a store that was whole was made for {BACKUP_WITHIN.total_seconds() / 3600:.0f} "
        "hours; a new store has as long for its first",
        "Run `eightbells backup`, or b in the System place, and read why the daily one failed.",
    ),
    Standing.WORKER_LOST: StandingSpec(
        Severity.ERROR,
        "A worker died",
        f"its kernel lock came free without a word, for {LOST_WITHIN.seconds // 60} minutes",
        "Look at the jobs whose outcome is unknown and decide; the worker's log says more.",
    ),
    Standing.JOB_STUCK: StandingSpec(
        Severity.ERROR,
        "A job runs past its time-out",
        f"by more than {STUCK_AFTER_S:.0f} s",
        "Its worker is ended by itself within half a minute; look at the job then.",
    ),
    Standing.FAILURE_SPIKE: StandingSpec(
        Severity.ERROR,
        "Many jobs fail",
        f"{SPIKE_FAILURES} within {SPIKE_WITHIN.seconds // 60} minutes, "
        f"and at least one in {SPIKE_SHARE} of all that ended",
        "Read the errors of the failed jobs; `eightbells queue pause` stops the rest meanwhile.",
    ),
    Standing.NOBODY_WATCHES: StandingSpec(
        Severity.WARNING,
        "Nobody watches",
        f"no worker pool runs, or none has looked for {LOOKED_WITHIN.seconds} s",
        "Start a worker: `eightbells worker`, or W in the console.",
    ),
    Standing.WORKER_STALE: StandingSpec(
        Severity.WARNING,
        "A worker has gone silent",
        f"it lives, and has said nothing for {STALE_AFTER_S:.0f} s",
        "It lives and does not answer: look at the disk; stop the worker if it stays so.",
    ),
    Standing.QUEUE_BACKLOG: StandingSpec(
        Severity.WARNING,
        "Jobs pile up",
        f"{BACKLOG_JOBS} wait, or one only lacks a worker for {BACKLOG_WAIT_S / 60:.0f} minutes",
        "Start more workers (`eightbells worker --workers N`) or cancel what is not needed.",
    ),
    Standing.CLOCK_STEPPED: StandingSpec(
        Severity.WARNING,
        "This machine's clock was changed",
        f"by {STEP_S:.0f} s or more at once, for {STEP_SHOWN_S / 60:.0f} minutes",
        "Compare it with the ship's time; times recorded before and after do not compare.",
    ),
}
"""Every type, the worst first: the order in which they are listed."""
