"""A job, its attempts and its log in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from console.cli.words import age, both_times, facts, one_line, table, to_the_second
from storage.jobs.explain import explain
from storage.jobs.record import AttemptRecord, JobDetail, JobRow, LogEntry
from storage.jobs.together import FailureRecord

KIND_COLUMNS = (
    "kind", "queue", "at once", "priority", "time-out", "retries", "may write", "what it does",
)  # fmt: skip


def kind_row(kind: Mapping[str, Any]) -> Sequence[object]:
    """One line of `job kinds`, under `KIND_COLUMNS`."""
    return (
        kind["kind"], kind["queue"], _or_dash(kind["max_concurrent"]),
        kind["priority"], f"{kind['timeout_s']} s", kind["auto_retry_limit"],
        ", ".join(kind["writes"]) or "nothing", kind["sentence"],
    )  # fmt: skip


def job_rows(jobs: Sequence[JobRow]) -> Iterator[str]:
    """One line a job."""
    rows = [
        (job.job_id, job.kind, job.status, job.status_reason, job.attempt, age(job.created_at),
         job.error or _progress(job))
        for job in jobs
    ]  # fmt: skip
    headings = ("id", "kind", "status", "reason", "attempt", "created", "said")
    return table(headings, rows, "No job matches; `job submit` queues one.")


def job_lines(job: JobDetail) -> Iterator[str]:
    """One job whole."""
    yield from facts(
        {
            "job": job.job_id,
            "kind": job.kind,
            "status": f"{job.status} ({job.status_reason})",
            "that is": explain(job),
            "subject": job.subject or "–",
            "arguments": _pairs(job.arguments),
            "group": job.group_id or "–",
            "asked by": f"{job.requested_by_name} ({job.origin})",
            "created": both_times(job.created_at),
            "started": both_times(job.started_at),
            "finished": both_times(job.finished_at),
            "result": _pairs(job.result or {}),
            "trace": job.trace_id,
        }
    )
    for attempt in job.attempts:
        yield from _attempt(attempt)
    yield from log_lines(job.log)


def log_lines(log: Iterable[LogEntry]) -> Iterator[str]:
    """What a job said, a line each."""
    for line in log:
        when = to_the_second(line.at) if line.at else "–"
        yield f"{when}  {line.level:5}  {line.event}  {one_line(line.message)}"


def failure_rows(failures: Sequence[FailureRecord]) -> Iterator[str]:
    """One line for failures that are alike."""
    rows = [
        (f.failure_id, f.kind, f.count, f.unanswered, age(f.last_at), _answer(f),
         f"{f.error_type}: {f.pattern}")
        for f in failures
    ]  # fmt: skip
    headings = ("failure", "kind", "times", "new", "last", "answered by", "what")
    return table(headings, rows, "No failure is unanswered; `--all` shows the acknowledged ones.")


def failure_value(failure: FailureRecord) -> dict[str, object]:
    """The same for programs."""
    return {**failure.model_dump(), "unanswered": failure.unanswered}


def _answer(failure: FailureRecord) -> str:
    answer = failure.acknowledged
    return f"{answer.owner} ({answer.reason})" if answer else "–"


def _attempt(attempt: AttemptRecord) -> Iterator[str]:
    ended = attempt.outcome or "running"
    yield (
        f"attempt {attempt.number}  {ended} ({attempt.reason or '–'}), "
        f"{attempt.metrics.duration_ms} ms, worker {attempt.worker_id} on {attempt.host}"
    )
    if attempt.error_message:
        yield f"  {attempt.error_type}: {attempt.error_message}"


def _progress(job: JobRow) -> str:
    progress = job.progress
    if progress is None:
        return ""
    percent = f" {progress.percent} %" if progress.percent is not None else ""
    return f"{progress.phase}{percent}"


def _pairs(values: dict[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items()) or "–"


def _or_dash(limit: int | None) -> object:
    return "–" if limit is None else limit
