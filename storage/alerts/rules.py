"""The rules of alerts (pure): what is told, what is held back, what counts as wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.alerts.states import (
    BACKLOG_JOBS,
    BACKLOG_WAIT_S,
    BACKUP_WITHIN,
    DISK_LOW_BYTES,
    SPIKE_FAILURES,
    SPIKE_SHARE,
    STEP_S,
    Severity,
    Standing,
)
from storage.clock import span_words
from storage.jobs.states import Reason

# The router (JOBS §6)

WINDOW = timedelta(minutes=10)
"""The same title, message and severity is told once in this time, from the first one told."""
BURST_MILLI = 5_000
REFILL_MILLI_S = 200
"""Tokens in thousandths: five at most, one comes back every five seconds."""

SEVERITIES: dict[str, Severity] = {Reason.TIMED_OUT: Severity.CRITICAL}
"""By the reason a job failed; every other failure is an error."""
TITLES: dict[str, str] = {
    Reason.TIMED_OUT: "{label} timed out",
    Reason.OUTCOME_UNKNOWN: "{label}: outcome unknown",
    Reason.WORKER_LOST: "{label} lost its worker",
}


class Verdict(StrEnum):
    """What becomes of an alert on its way."""

    TOLD = "told"
    DUPLICATE = "duplicate"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Routed:
    """An alert on its way to people. `title` is also the key of its token bucket."""

    severity: Severity
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """The tokens of one key, in thousandths, at one moment."""

    milli: int
    at: datetime


def alert_of(label: str, detail: Mapping[str, Any]) -> Routed | None:
    """The alert an audit event of a job asks for; None when it runs again, or never began."""
    reason = str(detail.get("reason", ""))
    if detail.get("requeued") or reason == Reason.NOT_BEGUN:
        return None
    title = TITLES.get(reason, "{label} failed").format(label=label)
    message = str(detail.get("error", "")) or reason
    return Routed(SEVERITIES.get(reason, Severity.ERROR), title, message)


def route(
    at: datetime, told_at: datetime | None, bucket: Bucket | None
) -> tuple[Verdict, Bucket | None]:
    """Whether an alert of `at` is told, and the bucket of its key afterwards.

    `told_at`: when the same alert was last told. A moment before it means the clock was put back:
    the window is over then, and the bucket gains nothing.
    """
    if told_at is not None and told_at <= at < told_at + WINDOW:
        return Verdict.DUPLICATE, bucket
    if bucket is None:
        bucket = Bucket(BURST_MILLI, at)
    elif at < bucket.at:
        bucket = Bucket(bucket.milli, at)
    gained = int((at - bucket.at).total_seconds() * REFILL_MILLI_S)
    milli = min(BURST_MILLI, bucket.milli + gained)
    if milli < 1_000:
        return Verdict.LIMITED, bucket  # as it was: gains too small to count still add up
    return Verdict.TOLD, Bucket(milli - 1_000, at)


# Standing alerts

CALM_S = 60.0
"""A standing alert resolves once its condition has been false for so long: it never flickers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What conditions are judged by. Durations are monotonic seconds where it says `_s`."""

    free_bytes: int
    backup_age: timedelta | None = None
    unwritable: str | None = None
    chain_problem: str | None = None
    lost: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    failed: int = 0
    ended: int = 0
    queued: int = 0
    longest_wait_s: float = 0.0
    stepped_s: float = 0.0


def _disk(facts: Facts) -> str | None:
    low = facts.free_bytes < DISK_LOW_BYTES
    return f"{facts.free_bytes // 2**20} MiB are free." if low else None


def _backup(facts: Facts) -> str | None:
    age = facts.backup_age
    if age is None or age <= BACKUP_WITHIN:
        return None
    return f"None was made for {_span(age.total_seconds())}."


def _lost(facts: Facts) -> str | None:
    return f"Without a word: {', '.join(facts.lost)}." if facts.lost else None


def _stale(facts: Facts) -> str | None:
    return f"Not heard of for a minute: {', '.join(facts.stale)}." if facts.stale else None


def _stuck(facts: Facts) -> str | None:
    return f"Job {', '.join(facts.stuck)}." if facts.stuck else None


def _spike(facts: Facts) -> str | None:
    many = facts.failed >= SPIKE_FAILURES and facts.failed * SPIKE_SHARE >= facts.ended
    return f"{facts.failed} of the last {facts.ended} in ten minutes." if many else None


def _backlog(facts: Facts) -> str | None:
    if facts.queued >= BACKLOG_JOBS:
        return f"{facts.queued} jobs wait."
    if facts.longest_wait_s >= BACKLOG_WAIT_S:
        return f"One could run and has waited for {int(facts.longest_wait_s // 60)} minutes."
    return None


def _stepped(facts: Facts) -> str | None:
    if abs(facts.stepped_s) < STEP_S:
        return None
    way = "forward" if facts.stepped_s > 0 else "back"
    return f"It went {way} by {_span(abs(facts.stepped_s))} at once, or the machine slept."


CONDITIONS: dict[Standing, Callable[[Facts], str | None]] = {
    Standing.STORE_UNWRITABLE: lambda facts: facts.unwritable,
    Standing.AUDIT_CHAIN_BROKEN: lambda facts: facts.chain_problem,
    Standing.DISK_LOW: _disk,
    Standing.BACKUP_OLD: _backup,
    Standing.WORKER_LOST: _lost,
    Standing.WORKER_STALE: _stale,
    Standing.JOB_STUCK: _stuck,
    Standing.FAILURE_SPIKE: _spike,
    Standing.QUEUE_BACKLOG: _backlog,
    Standing.CLOCK_STEPPED: _stepped,
}
"""What makes each type stand: the sentence that says so, or None."""


def wrong(facts: Facts) -> dict[Standing, str]:
    """Everything that is wrong by these facts, with its sentence."""
    said = {standing: condition(facts) for standing, condition in CONDITIONS.items()}
    return {standing: sentence for standing, sentence in said.items() if sentence}


def step_between(before: tuple[datetime, float], after: tuple[datetime, float]) -> float:
    """By how many seconds the wall clock moved more than time passed; 0.0 within `STEP_S`.

    Each argument is the wall clock and the monotonic seconds at one moment.
    """
    stepped = (after[0] - before[0]).total_seconds() - (after[1] - before[1])
    return stepped if abs(stepped) >= STEP_S else 0.0


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{round(seconds)} seconds"
    if seconds >= 2 * 86_400:
        return span_words(seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} minutes"
