"""One job: why it is where it is, its record, attempts and log, live while it runs."""

import json
from collections.abc import Callable, Sequence
from functools import partial

from textual.containers import VerticalScroll
from textual.content import Content

from console import glyphs
from console.commands import keys_of
from console.screens.detail import DetailScreen
from console.screens.job_acts import JobActs
from console.snapshots import JobPicture, take_job
from console.widgets.facts import Fact
from storage.jobs.record import AttemptRecord, JobDetail, JobRow, LogEntry
from storage.text import visible


class JobScreen(JobActs, DetailScreen):
    """A job, whole."""

    ID = "job"
    BINDINGS = keys_of(ID)

    def __init__(self, job_id: str) -> None:
        super().__init__()
        self._job_id = job_id
        self._job: JobDetail | None = None
        self._follows = False

    def question(self) -> Callable[[], JobPicture]:
        """The job at this moment."""
        return partial(take_job, self._job_id)

    def show(self, answer: JobPicture) -> None:
        """Draw it, and go with the log if asked to."""
        self._job = answer.job
        super().show(answer)
        if self._follows:
            self.query_one("#facts", VerticalScroll).scroll_end(animate=False)

    def jobs_in_hand(self) -> Sequence[JobRow]:
        """This one."""
        return [self._job] if self._job else []

    def action_follow_log(self) -> None:
        """l: keep the end in view, or stop."""
        self._follows = not self._follows
        self.say("Following the log." if self._follows else "No longer following the log.")
        if self._follows:
            self.query_one("#facts", VerticalScroll).scroll_end(animate=False)

    def title_of(self, answer: JobPicture) -> str:
        """Kind and id."""
        return f"{answer.job.spec.glyph} {answer.job.spec.label} · job {answer.job.job_id}"

    def facts(self, answer: JobPicture) -> Sequence[Fact]:
        """State first, then the record, attempts and log."""
        job = answer.job
        return [
            ("status", Content.assemble(glyphs.job_status(job), "  ", glyphs.where_it_is(job))),
            ("why", Content(visible(answer.why))),
            ("took", Content(glyphs.took(job, answer.at))),
            *_error(job),
            *self._times(job),
            *_record(job),
            *(fact for attempt in job.attempts for fact in self._attempt(attempt)),
            ("", Content("")),
            *(self._log_line(line) for line in job.log),
        ]

    def _times(self, job: JobDetail) -> list[Fact]:
        waited = (job.started_at - job.queued_at).total_seconds() if job.started_at else None
        shown = [("asked", Content.assemble(f"by {visible(job.requested_by_name)} · ",
                                            self.full_time(job.created_at)))]  # fmt: skip
        if job.started_at:
            shown.append(("started", self.full_time(job.started_at)))
        if job.finished_at:
            shown.append(("finished", self.full_time(job.finished_at)))
        if waited is not None and waited >= 0:
            shown.append(("queue wait", Content(glyphs.duration(waited))))
        return shown

    def _attempt(self, attempt: AttemptRecord) -> list[Fact]:
        outcome = attempt.outcome or "running"
        said = (
            f"{outcome} {attempt.reason or ''} · worker {attempt.worker_id[-8:]} pid {attempt.pid}"
        )
        times = Content.assemble(said + " · ", self.full_time(attempt.started_at))
        shown: list[Fact] = [("", Content("")), (f"attempt {attempt.number}", times)]
        if attempt.error_message:
            error = f"{attempt.error_type}: {attempt.error_message}"
            shown.append(("", Content(visible(error)).stylize("$failed")))
        if attempt.traceback:
            shown.append(("traceback", Content(visible(attempt.traceback))))
        if attempt.receipt:
            shown.append(("receipt", _json(attempt.receipt)))
        return shown

    def _log_line(self, line: LogEntry) -> Fact:
        style = {"ERROR": "$failed", "WARN": "$say-warning"}.get(line.level, "")
        context = f"  {json.dumps(line.context, ensure_ascii=False)}" if line.context else ""
        text = f"{line.level:<5} {line.event} · {line.message}{context}"
        time = f"{line.at:%H:%M:%S} UTC" if line.at else ""
        return time, Content.assemble((visible(text), style))


def _error(job: JobDetail) -> list[Fact]:
    return [("error", Content(visible(job.error)).stylize("$failed"))] if job.error else []


def _record(job: JobDetail) -> list[Fact]:
    able = "may be stopped while it runs" if job.spec.cancel_running else "atomic: never stopped"
    return [
        ("subject", Content(visible(job.subject) or "–")),
        (
            "queue",
            Content(f"{job.queue}, priority {job.priority}, time-out {job.spec.timeout_s} s"),
        ),
        ("capability", Content(f"{able}; {job.access_mode}, {job.safety_mode}")),
        ("arguments", _json(job.arguments)),
        ("result", _json(job.result) if job.result else Content("–")),
        ("metrics", _json({k: v for k, v in job.metrics.model_dump().items() if v})),
        ("trace", Content(job.trace_id)),
    ]


def _json(value: object) -> Content:
    return Content(visible(json.dumps(value, ensure_ascii=False, default=str)))
