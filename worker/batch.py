"""What one claim brought: usually one job, or several light ones, run in turn, settled together.

A job of a batch that finishes is acknowledged with the commit that settles it, not before: a crash
in between runs it again, which is why only idempotent kinds say `batch`. Whoever has not begun when
the batch takes too long, or its worker is to stop, goes back into the queue untouched. They share
a child, which has the next one at hand, so what one prints may be noted with its neighbour.
"""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.audit.actor import WORKER
from storage.database import read_only, transaction
from storage.errors import StoreBusy, StoreFull, StoreReadOnly, WrongState
from storage.jobs.actions import complete_all, give_up, hand_back, take
from storage.jobs.endings import is_held, refuse_late
from storage.jobs.record import ClaimedJob
from storage.jobs.turns import note_of, take_turn, withdraw
from worker.forked import Perform
from worker.outcome import failure_of
from worker.run import Run

PATIENCE_S = 0.5
"""How long those behind wait for the ones before them; then other workers may have them."""

NOT_THE_JOBS_FAULT = (StoreBusy, StoreFull, StoreReadOnly)
MakeRun = Callable[[ClaimedJob, Callable[[], None]], Run]


@dataclass(frozen=True, slots=True)
class InTurn:
    """A body that first takes its turn, in its own process; withdrawn, it does nothing."""

    perform: Perform
    note: Path
    after: int

    def __call__(self, given: Any, report: Any) -> Any:
        """Take the turn, then do the work."""
        if not take_turn(self.note, self.after):
            raise InterruptedError("withdrawn before its turn")
        return self.perform(given, report)


class Batch:
    """Jobs claimed together by one worker, on their way to one commit."""

    def __init__(self, jobs: Sequence[ClaimedJob], worker_id: str, make_run: MakeRun) -> None:
        self._worker_id = worker_id
        self._waiting = [make_run(job, self._part) for job in jobs]
        self._running: Run | None = None
        self._ended: list[Run] = []
        self._parted = False

    def to_its_end(
        self, may_begin: Callable[[], bool], may_take_more: Callable[[], bool]
    ) -> list[ClaimedJob]:
        """Run them in turn and settle them; the next ones when they were claimed with that."""
        begun = time.monotonic()
        self._gather()
        while self._waiting:
            self._work_on_next()
            if not may_begin() or time.monotonic() - begun > PATIENCE_S:
                self._part()
        return self._settle((), lambda: not self._parted and may_take_more())

    def give_up(self, why: str) -> None:
        """Stop at once: what has ended is settled, what had not begun goes back as it was."""
        back = self._withdrawn()
        for run in filter(None, (self._running, *self._waiting)):
            give_up(WORKER, run.job.job_id, run.job.attempt_id, why)
        self._settle(back)

    def _gather(self) -> None:
        try:
            with read_only():
                for run in self._waiting:
                    run.gather()
        except StoreReadOnly:  # one of them wrote: each has to answer for itself
            for run in self._waiting:
                run.gather()
        note = note_of(self._worker_id)
        for after, run in enumerate(reversed(self._waiting[1:])):
            if run.request:
                perform, given = run.request
                run.request = (InTurn(perform, note, after), given)

    def _work_on_next(self) -> None:
        self._running = run = self._waiting.pop(0)
        run.perform([later.request for later in self._waiting if later.request])
        self._ended.append(run)
        self._running = None

    def _part(self) -> None:
        """It takes long, or the worker is to stop: nobody waits any more for the others."""
        if self._ended or self._waiting:
            self._settle(self._withdrawn())

    def _withdrawn(self) -> list[Run]:
        """Those that had not begun; now they never will."""
        if not self._waiting:
            return []
        gone = withdraw(self._worker_id)
        back = [run for run in self._waiting if run.job.attempt_id in gone]
        self._waiting = [run for run in self._waiting if run not in back]
        self._parted = True
        return back

    def _settle(
        self, back: Sequence[Run], may_take_more: Callable[[], bool] = lambda: False
    ) -> list[ClaimedJob]:
        """One commit for all that has ended, for what goes back, and for what is next.

        Raises:
            StoreBusy, StoreFull, StoreReadOnly: nothing is settled; it is left to the rescue.
        """
        ended, taken = self._ended, []
        try:
            with transaction():
                _end_all(ended)
                _hand_back(back)
                taken = take(self._worker_id) if may_take_more() else []
        except NOT_THE_JOBS_FAULT:
            raise
        except Exception as error:
            taken = []
            _end_singly(ended, error)
            _hand_back(back)
        self._ended = []
        for run in ended:
            run.report()
        return taken


def _hand_back(runs: Sequence[Run]) -> None:
    for run in runs:
        hand_back(WORKER, run.job.job_id, run.job.attempt_id)


def _end_all(runs: Sequence[Run]) -> None:
    completions = [run.completion for run in runs]
    complete_all([completion for completion in completions if completion])
    for run, completion in zip(runs, completions, strict=True):
        if completion is None:
            run.end()


def _end_singly(runs: Sequence[Run], error: Exception) -> None:
    """One of them could not be settled; alone it is `error` that came of it, else try each."""
    for run in runs:
        try:
            if len(runs) == 1:
                raise error
            run.end()
        except NOT_THE_JOBS_FAULT:
            raise
        except Exception as own:
            run.came_to(failure_of(own))
            _end_badly(run)


def _end_badly(run: Run) -> None:
    """What was written is rolled back; say so, unless the attempt itself is gone (I3)."""
    with contextlib.suppress(WrongState):
        if is_held(run.job):
            run.end()
        else:
            refuse_late(run.job)
