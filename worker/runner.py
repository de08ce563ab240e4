"""One job, one straight line: claim → gather → perform → settle."""

import contextlib
import time
from collections.abc import Callable
from typing import Any

from loguru import logger

from storage.audit.actor import WORKER
from storage.clock import to_text
from storage.database import now, read_only, transaction
from storage.errors import (
    BadInput,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreReadOnly,
    WrongState,
)
from storage.jobs.actions import complete, fail, give_up, stop, take_next
from storage.jobs.arguments import checked
from storage.jobs.endings import Account, Failure, is_held, refuse_late
from storage.jobs.record import ClaimedJob, LogEntry
from storage.jobs.states import POISONED, JobStatus, Reason
from storage.jobs.submission import dry_run
from storage.jobs.telemetry import cancel_requested, tell
from worker.forked import Nest
from worker.handler import Handler, NothingToDo
from worker.outcome import Outcome, Produced, Stopped, failure_of
from worker.registry import Handlers
from worker.station import Station
from worker.supervisor import Supervisor
from worker.telling import Telling

CHAIN = 100
STOPPED_AT_ONCE = "The worker pool was told to stop at once."
STORE_UNUSABLE = 3
STATUS = {
    Produced: JobStatus.COMPLETED,
    NothingToDo: JobStatus.COMPLETED,
    Stopped: JobStatus.CANCELLED,
    Failure: JobStatus.FAILED,
}


class Runner:
    """Runs the jobs of one worker. `may_take_more` is asked before the next one is claimed."""

    def __init__(
        self, station: Station, handlers: Handlers, may_take_more: Callable[[], bool]
    ) -> None:
        self._station, self._handlers, self._may_take_more = station, handlers, may_take_more
        self._nest = Nest()

    def run_chain(self, job: ClaimedJob) -> None:
        """Run a job, then those claimed in the transaction that ended the one before."""
        taken: ClaimedJob | None = job
        try:
            for left in reversed(range(CHAIN)):
                if taken is not None:
                    taken = self.run(taken, then_take=left > 0)
        finally:
            self._nest.clear()

    def run(self, job: ClaimedJob, *, then_take: bool = False) -> ClaimedJob | None:
        """Run one job to its settled end; the next one when it was claimed with that.

        A worker that cannot write leaves: its lock goes with it, and others rescue the job.
        """
        with logger.contextualize(job_id=job.job_id, trace_id=job.trace_id):
            try:
                return _Run(job, self._station, self._handlers, self._nest).to_its_end(
                    lambda: then_take and self._may_take_more()
                )
            except KeyboardInterrupt:
                give_up(WORKER, job.job_id, job.attempt_id, STOPPED_AT_ONCE)
                raise
            except StoreError as error:
                logger.critical("the store cannot be used, so this worker leaves: {}", error)
                raise SystemExit(STORE_UNUSABLE) from error


class _Run:
    def __init__(self, job: ClaimedJob, station: Station, handlers: Handlers, nest: Nest) -> None:
        self._job, self._station, self._nest = job, station, nest
        self._handler: Handler = handlers[job.kind]
        self._telling = Telling()
        self._begun, self._begun_at = time.monotonic(), now()

    def to_its_end(self, may_take_more: Callable[[], bool]) -> ClaimedJob | None:
        """Gather, perform, settle; then perhaps the next claim, in the same transaction."""
        begun = LogEntry(level="INFO", event="start", at=self._begun_at,
                         message=f"attempt {self._job.number}")  # fmt: skip
        self._telling.hear_line(begun)
        outcome = self._work()
        try:
            with transaction():
                self._end(outcome)
                taken = take_next(self._station.worker_id) if may_take_more() else None
        except (StoreBusy, StoreFull, StoreReadOnly):
            raise  # not the job's fault: leave it to be rescued
        except Exception as error:
            outcome, taken = failure_of(error), None
            self._end_badly(outcome)
        self._report(outcome)
        return taken

    def _work(self) -> Outcome | NothingToDo:
        if dry_run():
            return NothingToDo(Reason.DRY_RUN)
        try:
            checked(self._job.spec.arguments, self._job.arguments)
        except BadInput as error:
            return Failure(f"{POISONED}arguments", "BadInput", str(error))
        try:
            with read_only():
                given = self._handler.gather(self._job)
        except Exception as error:
            return failure_of(error)
        if isinstance(given, NothingToDo):
            return given
        supervisor = Supervisor(self._job.timeout_s, self._telling, self._tick)
        share = self._job.spec.shares_child
        return supervisor.run(self._handler.perform, given, self._nest, may_share=share)

    def _tick(self) -> bool:
        """Every half second of a run: tell, beat, and ask whether a person wants it stopped."""
        try:
            self._station.beat_if_due()
            tell(self._job, self._telling.progress, self._telling.take_lines())
            return self._job.spec.cancel_running and cancel_requested(self._job)
        except StoreError as error:
            logger.warning("telemetry was not written: {}", error)
            return False

    def _end(self, outcome: Outcome | NothingToDo) -> None:
        job, account = self._job, self._account(outcome)
        match outcome:
            case Produced(output):
                complete(job, lambda: self._handler.settle(job, output), account, self._reason())
            case NothingToDo(reason, result):
                complete(job, lambda: result, account, reason)
            case Stopped():
                stop(job, account)
            case Failure():
                fail(job, outcome, account)

    def _end_badly(self, failure: Failure) -> None:
        """What was written is rolled back; say so, unless the attempt itself is gone (I3)."""
        with contextlib.suppress(WrongState):
            if is_held(self._job):
                fail(self._job, failure, self._account(failure))
            else:
                refuse_late(self._job)

    def _reason(self) -> str:
        spec = self._job.spec
        if self._telling.issues and spec.completed_as is Reason.COMPLETED:
            return Reason.COMPLETED_WITH_ISSUES
        return spec.completed_as

    def _account(self, outcome: Outcome | NothingToDo) -> Account:
        spent = round((time.monotonic() - self._begun) * 1000)
        lines = (*self._telling.lines, _last_line(outcome, spent))
        return Account(self._telling.metrics(spent), lines)

    def _report(self, outcome: Outcome | NothingToDo) -> None:
        """The job log of JOBS §6, one line a run."""
        job = self._job
        facts: dict[str, Any] = {
            "job_type": job.kind.value,
            "vessel_id": job.vessel_id,
            "start": to_text(self._begun_at),
            "end": to_text(now()),
            "status": STATUS[type(outcome)].value,
        }
        if isinstance(outcome, Failure):
            facts["error"] = outcome.traceback or outcome.message
        logger.bind(**facts).log(
            "ERROR" if isinstance(outcome, Failure) else "INFO",
            "{} attempt {}: {}", job.kind.value, job.number, facts["status"],
        )  # fmt: skip


def _last_line(outcome: Outcome | NothingToDo, spent_ms: int) -> LogEntry:
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
