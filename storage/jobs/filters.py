"""What can be asked of the jobs in one line: their fields, and what a bare word means."""

from collections.abc import Callable
from operator import ge, lt
from typing import Any

import peewee

from storage.database import now, read_only
from storage.filtering import fields_of
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobQuery, Origin
from storage.jobs.search import jobs_failed_with, jobs_with
from storage.jobs.states import POISONED, VIEW_OF_REASON, JobStatus, JobView
from storage.jobs.tables import Job, JobCount, json_text
from storage.matching import (
    Comparison,
    Field,
    Language,
    begins,
    choice,
    compares,
    equals,
    finds,
    moment,
    number,
)


def kept_count(query: JobQuery) -> int | None:
    """How many jobs a query finds, by the counts the store keeps; None where they cannot say."""
    told = JobQuery(status=query.status, kind=query.kind, where=query.where, order=query.order)
    if query != told:
        return None
    chosen = [JobCount.n > 0]
    if query.status is not None:
        chosen.append(JobCount.status == query.status.value)
    if query.kind is not None:
        chosen.append(JobCount.kind == query.kind.value)
    if query.where is not None:
        if not fields_of(query.where) <= _COUNTED.keys():
            return None
        chosen.append(Language(_COUNTED, _occurs).matches(query.where))
    with read_only():
        return int(JobCount.select(peewee.fn.SUM(JobCount.n)).where(*chosen).scalar() or 0)


def _occurs(text: str) -> Any:
    return _one_of(jobs_with(text))


def _one_of(job_ids: list[str]) -> Any:
    return Job.job_id << peewee.SQL("(SELECT value FROM json_each(?))", [json_text(job_ids)])


def _named(column: Any) -> Comparison:
    """`:` and `!=` for an id that may be missing; `none` is a missing one."""

    def named(value: str) -> Any:
        return column.is_null() if value == "none" else column.is_null(False) & (column == value)

    return finds(named)


def _in_view(view: JobView) -> Any:
    """The (status, reason) pairs that `job_view` gives this view."""
    poisoned = Job.status_reason.startswith(POISONED)
    if view is JobView.POISONED:
        return poisoned
    ended = Job.status << (JobStatus.COMPLETED.value, JobStatus.FAILED.value)
    reasons = [reason for reason, shown in VIEW_OF_REASON.items() if shown is view]
    if reasons:
        return ended & (Job.status_reason << reasons)
    told_apart = ended & (Job.status_reason << list(VIEW_OF_REASON))
    return (Job.status == view.value) & ~poisoned & ~told_apart


def _since(column: Any, otherwise: Callable[[Any, Any], Any]) -> Comparison:
    """Like `compares`, for a time that may be missing: a missing one is in no period."""
    compare = compares(column, otherwise)
    return lambda operator, value: column.is_null(False) & compare(operator, value)


FIELDS: dict[str, Field] = {
    "status": Field("queued, running, completed, failed …", equals(Job.status), choice(JobStatus)),
    "view": Field("where it stands in one word: awaiting_user …", finds(_in_view), choice(JobView)),
    "reason": Field("why it is there: timed_out, worker_lost …", begins(Job.status_reason)),
    "kind": Field("what it does", equals(Job.kind), choice(JobKind)),
    "queue": Field("where it waits", equals(Job.queue), choice(Queue)),
    "priority": Field("0 last … 4 first", compares(Job.priority), number),
    "attempt": Field("how often it was begun", compares(Job.attempt), number),
    "group": Field("asked for together; none: alone", _named(Job.group_id)),
    "parent": Field("the job it was made by; none: no other", _named(Job.parent_id)),
    "trace": Field("all that one request caused", equals(Job.trace_id)),
    "subject": Field("the id it works on", equals(Job.subject)),
    "origin": Field("user, system, scheduled or group", equals(Job.origin), choice(Origin)),
    "by": Field("who asked, name or id", begins(Job.requested_by_name, Job.requested_by)),
    "error": Field(
        "words of an error it ended with", finds(lambda text: _one_of(jobs_failed_with(text)))
    ),
    "since": Field("asked for from this time on", compares(Job.created_at, ge), moment(now)),
    "until": Field("asked for before this time", compares(Job.created_at, lt), moment(now)),
    "finished": Field("ended from this time on", _since(Job.finished_at, ge), moment(now)),
}

_COUNTED: dict[str, Field] = {
    "status": Field("", equals(JobCount.status), choice(JobStatus)),
    "kind": Field("", equals(JobCount.kind), choice(JobKind)),
}


_LANGUAGE = Language(FIELDS, _occurs)
read_filter, matches = _LANGUAGE.read, _LANGUAGE.matches
