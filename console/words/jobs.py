"""One job in facts: where it is and why, what it cost, what it came to, every attempt (pure)."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime

from textual.content import Content

from console.drawing import glyphs
from console.keys_aboard import key
from console.snapshots.engine import JobPicture
from console.widgets.facts import Fact
from storage.clock import span_words
from storage.jobs.record import AttemptRecord, JobDetail, LogEntry
from storage.jobs.states import JobStatus
from storage.text import visible

Time = Callable[[datetime | None], Content]

GAP: Fact = ("", Content(""))
LEVELS = {"ERROR": "$failed", "WARN": "$say-warning"}


def job_facts(picture: JobPicture, time: Time, *, context: bool) -> list[Fact]:
    """Everything about a job; `context`: also what stands behind each line of its log."""
    job = picture.job
    return [
        ("status", Content.assemble(glyphs.job_status(job), "  ", glyphs.where_it_is(job))),
        ("why", Content(visible(picture.why))),
        *_progress(job),
        *_estimate(picture, time),
        *_error(job),
        *_spans(picture),
        *_result(job),
        *(
            (key("go_related"), Content(visible(f"goes to {relation.words}")))
            for relation in picture.related
        ),
        *_times(job, time),
        *_record(job),
        GAP,
        ("attempts", Content(str(len(job.attempts) or "none yet"))),
        *(fact for attempt in job.attempts for fact in _attempt(attempt, time)),
        GAP,
        ("log", Content(_log_words(job, context))),
        *(fact for line in job.log for fact in _log_line(line, context)),
    ]


def raw_record(job: JobDetail) -> str:
    """The record as JSON; what would act or hide on a screen is escaped in the JSON itself."""
    value = job.model_dump(mode="json")
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text if visible(text) == text else json.dumps(value, indent=1)


def _progress(job: JobDetail) -> list[Fact]:
    if job.status is not JobStatus.RUNNING or job.progress is None:
        return []
    said, phases = job.progress, job.spec.phases
    known = said.phase in phases
    where = f"phase {phases.index(said.phase) + 1} of {len(phases)}: " if known else ""
    size = f" of {said.total}" if said.total else ""
    parts = [f"{where}{said.phase}", f"{said.current}{size} {said.unit}".strip()]
    parts += [f"{count} {name}" for name, count in said.counters.items()]
    return [("progress", Content(visible(" · ".join(parts))))]


def _estimate(picture: JobPicture, time: Time) -> list[Fact]:
    """From history (CONSOLE rule 14); nothing when no run of the kind is known."""
    if picture.forecast:
        more = "at least " if picture.forecast.at_least else ""
        where = Content(f"{more}{picture.forecast.position} in its queue (1 is next)")
        start = picture.forecast.expected_start
        when = time(start) if start else Content("not to be told yet")
        return [("place", where), ("should start", when)]
    if picture.job.status is not JobStatus.RUNNING or picture.typical_s is None:
        return []
    started = picture.job.started_at or picture.at
    left = glyphs.left((picture.at - started).total_seconds(), picture.typical_s)
    usual = f"the last runs took {glyphs.duration(picture.typical_s)}"
    return [("estimate", Content(f"{left}; {usual}"))]


def _error(job: JobDetail) -> list[Fact]:
    return [("error", Content(visible(job.error)).stylize("$failed"))] if job.error else []


def _spans(picture: JobPicture) -> list[Fact]:
    """How long it waited, apart from how long it ran."""
    job = picture.job
    queued = job.status is JobStatus.QUEUED
    begun = None if queued else job.started_at
    until = begun or (picture.at if queued else job.finished_at or picture.at)
    waited = max(0.0, (until - job.queued_at).total_seconds())
    facts: list[Fact] = [("queue wait", Content(glyphs.duration(waited)))]
    if begun:
        facts.append(("run time", Content(glyphs.took(job, picture.at))))
    return facts


def _result(job: JobDetail) -> list[Fact]:
    return [("result", _json(job.result))] if job.result else []


def _times(job: JobDetail, time: Time) -> list[Fact]:
    by = f"by {visible(job.requested_by_name)} ({job.origin}) · "
    shown = [("asked", Content.assemble(by, time(job.created_at)))]
    if job.queued_at != job.created_at:
        shown.append(("queued again", time(job.queued_at)))
    if job.started_at:
        shown.append(("started", time(job.started_at)))
    if job.finished_at:
        shown.append(("finished", time(job.finished_at)))
    else:
        shown.append(("last sign", time(job.last_activity_at)))
    return shown


def _record(job: JobDetail) -> list[Fact]:
    spec = job.spec
    queue = f"{job.queue}, priority {job.priority} of 4, time-out {span_words(spec.timeout_s)}"
    facts: list[Fact] = [
        ("does", Content(spec.sentence)),
        ("arguments", _json(job.arguments)),
        ("queue", Content(queue)),
        ("may", Content(", ".join(_may(job)))),
    ]
    cost = {name: number for name, number in job.metrics.model_dump().items() if number}
    facts += [("cost", _json(cost))] if cost else []
    if job.planned_operations:
        plans = (f"{one.op} {one.target} {one.description}" for one in job.planned_operations)
        facts.append(("plans", Content(visible("; ".join(plans)))))
    facts.append(("profile", Content(visible(f"{job.protocol_id} · {job.profile_id}"))))
    return facts + [(name, Content(visible(value))) for name, value in _ids(job) if value]


def _may(job: JobDetail) -> Iterable[str]:
    """What it can and cannot do, in words."""
    spec, mode = job.spec, job.access_mode.replace("_", " ")
    yield f"write {', '.join(job.entity_refs) or 'nothing'} ({mode}, {job.safety_mode})"
    yield "be stopped while it runs" if spec.cancel_running else "not be stopped while it runs"
    yield "be retried" if spec.may_retry else "not be retried"
    yield "run again by itself after a crash" if spec.idempotent else "not run again by itself"


def _ids(job: JobDetail) -> list[tuple[str, str | None]]:
    return [
        ("subject", job.subject),
        ("job id", job.job_id),
        ("group id", job.group_id),
        ("parent id", job.parent_id),
        ("trace", job.trace_id),
        ("run", job.workflow_run_id),
        ("request key", job.idempotency_key),
    ]


def _attempt(attempt: AttemptRecord, time: Time) -> list[Fact]:
    outcome = f"{attempt.outcome or 'running'} {attempt.reason or ''}".strip().replace("_", " ")
    who = f"worker {attempt.worker_id[-8:]} on {attempt.host}:{attempt.pid}"
    took = ""
    if attempt.ended_at:
        ran = (attempt.ended_at - attempt.started_at).total_seconds()
        took = f" in {glyphs.duration(max(0.0, ran))}"
    said = Content.assemble(visible(f"{outcome}{took} · {who} · "), time(attempt.started_at))
    shown: list[Fact] = [(f"attempt {attempt.number}", said)]
    if attempt.error_message:
        error = f"{attempt.error_type}: {attempt.error_message}"
        shown.append(("", Content(visible(error)).stylize("$failed")))
    if attempt.traceback:
        shown.append(("traceback", Content(visible(attempt.traceback))))
    if attempt.receipt:
        shown.append(("receipt", _json(attempt.receipt)))
    return shown


def _log_words(job: JobDetail, context: bool) -> str:
    log, told = job.log, sum(bool(line.context) for line in job.log)
    lines = f"{len(log)} {'line' if len(log) == 1 else 'lines'}"
    if job.log_total > len(log):
        lines = f"the newest {len(log):,} of {job.log_total:,} lines; `job log` prints them all"
    if not told:
        return lines
    hides = "hides" if context else "shows"
    return f"{lines}; {key('log_context')} {hides} what stands behind {told} of them"


def _log_line(line: LogEntry, context: bool) -> list[Fact]:
    time = f"{line.at:%H:%M:%S} UTC" if line.at else ""
    more = f"  +{len(line.context)}" if line.context and not context else ""
    text = (visible(f"{line.level:<5} {line.event} · {line.message}"), LEVELS.get(line.level, ""))
    shown: list[Fact] = [(time, Content.assemble(text, (more, "$muted")))]
    if line.context and context:
        shown.append(("", _json(line.context).stylize("$muted")))
    return shown


def _json(value: object) -> Content:
    return Content(visible(json.dumps(value, ensure_ascii=False, default=str)))
