"""One job, one straight line: gather → perform → the words for its end. Nothing is settled here."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from loguru import logger

from storage.clock import to_text
from storage.database import now, read_only
from storage.errors import BadInput, StoreError
from storage.jobs.actions import complete_all, fail, stop
from storage.jobs.arguments import checked
from storage.jobs.endings import Account, Completion, Failure
from storage.jobs.record import ClaimedJob, LogEntry
from storage.jobs.states import POISONED, JobStatus, Reason
from storage.jobs.submission import dry_run
from storage.jobs.telemetry import cancel_requested, tell
from worker.forked import Nest, Request
from worker.handler import Handler, NothingToDo
from worker.outcome import Outcome, Produced, Stopped, failure_of
from worker.supervisor import Supervisor
from worker.telling import Telling

Ended = Outcome | NothingToDo

STATUS = {
    Produced: JobStatus.COMPLETED,
    NothingToDo: JobStatus.COMPLETED,
    Stopped: JobStatus.CANCELLED,
    Failure: JobStatus.FAILED,
}


class Run:
    """One attempt in this worker's hands. `tick` is called every half second while it runs."""

    def __init__(
        self, job: ClaimedJob, handler: Handler, nest: Nest, tick: Callable[[], None]
    ) -> None:
        self.job = job
        self._handler, self._nest, self._beat = handler, nest, tick
        self._telling = Telling()
        self._begun, self._begun_at = time.monotonic(), now()
        self.request: Request | None = None

    def gather(self) -> None:
        """Read what the work needs into `request`; or have a verdict already."""
        self.request = None
        with self._in_the_log():
            verdict = self._gathered()
        if verdict:
            self.came_to(verdict)

    def perform(self, ahead: Sequence[Request]) -> None:
        """Do the work, unless there is a verdict; what became of it is settled later.

        `ahead`: the work that comes after it, if it may be done in the same child.
        """
        begun = LogEntry(level="INFO", event="start", at=self._begun_at,
                         message=f"attempt {self.job.number}")  # fmt: skip
        self._telling.hear_line(begun)
        if self.request is None:
            return
        share = self.job.spec.shares_child
        supervisor = Supervisor(self.job.timeout_s, self._telling, self._tick)
        with self._in_the_log():
            self.came_to(supervisor.run(self.request, self._nest, may_share=share, ahead=ahead))

    def came_to(self, outcome: Ended) -> None:
        """Note the verdict, and with it how long it took."""
        self._outcome, self._ended_at = outcome, now()
        self._spent_ms = round((time.monotonic() - self._begun) * 1000)

    @property
    def completion(self) -> Completion | None:
        """What completes the job; None when it ended otherwise."""
        match self._outcome:
            case Produced(output):
                write = partial(self._handler.settle, self.job, output)
                return Completion(self.job, write, self._account(), self._reason())
            case NothingToDo(reason, result):
                return Completion(self.job, lambda: result, self._account(), reason)
        return None

    def end(self) -> None:
        """End the attempt by itself, in the caller's transaction."""
        match self._outcome:
            case Stopped():
                stop(self.job, self._account())
            case Failure() as failure:
                fail(self.job, failure, self._account())
            case _ if completion := self.completion:
                complete_all([completion])

    def report(self) -> None:
        """The job log of JOBS §6, one line a run."""
        job, status = self.job, STATUS[type(self._outcome)].value
        facts: dict[str, Any] = {
            "job_id": job.job_id,
            "trace_id": job.trace_id,
            "job_type": job.kind.value,
            "vessel_id": job.vessel_id,
            "start": to_text(self._begun_at),
            "end": to_text(self._ended_at),
            "status": status,
        }
        failure = self._outcome if isinstance(self._outcome, Failure) else None
        if failure:
            facts["error"] = failure.traceback or failure.message
        said = f"{job.kind.value} attempt {job.number}: {status}"
        logger.bind(**facts).log("ERROR" if failure else "INFO", "{}", said)

    def _in_the_log(self) -> AbstractContextManager[None]:
        return logger.contextualize(job_id=self.job.job_id, trace_id=self.job.trace_id)

    def _gathered(self) -> Ended | None:
        if dry_run():
            return NothingToDo(Reason.DRY_RUN)
        try:
            checked(self.job.spec.arguments, self.job.arguments)
        except BadInput as error:
            return Failure(f"{POISONED}arguments", "BadInput", str(error))
        try:
            with read_only():
                given = self._handler.gather(self.job)
        except Exception as error:
            return failure_of(error)
        if isinstance(given, NothingToDo):
            return given
        self.request = (self._handler.perform, given)
        return None

    def _tick(self) -> bool:
        """Tell, and ask whether a person wants it stopped."""
        try:
            self._beat()
            tell(self.job, self._telling.progress, self._telling.take_lines())
            return self.job.spec.cancel_running and cancel_requested(self.job)
        except StoreError as error:
            logger.warning("telemetry was not written: {}", error)
            return False

    def _reason(self) -> str:
        spec = self.job.spec
        if self._telling.issues and spec.completed_as is Reason.COMPLETED:
            return Reason.COMPLETED_WITH_ISSUES
        return spec.completed_as

    def _account(self) -> Account:
        lines = (*self._telling.lines, _last_line(self._outcome, self._spent_ms))
        return Account(self._telling.metrics(self._spent_ms), lines)


def _last_line(outcome: Ended, spent_ms: int) -> LogEntry:
    match outcome:
        case Failure(reason, error_type, message):
            text = f"{reason} after {spent_ms} ms: {error_type}: {message}"
            return LogEntry(level="ERROR", event="error", message=text[:4000])
        case NothingToDo(reason):
            return LogEntry(level="INFO", event="summary", message=f"nothing done: {reason}")
        case Stopped():
            return LogEntry(level="WARN", event="summary", message=f"stopped after {spent_ms} ms")
        case _:
            return LogEntry(level="INFO", event="summary", message=f"done in {spent_ms} ms")
