"""The jobs of one worker, batch after batch: claim → run → settle and claim, in one transaction."""

from collections.abc import Callable, Sequence

from loguru import logger

from storage.errors import StoreError
from storage.jobs.record import ClaimedJob
from worker.batch import Batch
from worker.forked import Nest
from worker.logs import in_words
from worker.registry import Handlers
from worker.run import Run
from worker.station import Station

CHAIN = 100
STOPPED_AT_ONCE = "The worker pool was told to stop at once."
STORE_UNUSABLE = 3


class Runner:
    """Runs the jobs of one worker. `may_take_more` is asked before another one begins."""

    def __init__(
        self, station: Station, handlers: Handlers, may_take_more: Callable[[], bool]
    ) -> None:
        self._station, self._handlers, self._may_take_more = station, handlers, may_take_more
        self._nest = Nest()

    def run_chain(self, jobs: Sequence[ClaimedJob]) -> None:
        """Run what was claimed, then what is claimed in the transaction that ended it."""
        taken = jobs
        try:
            for left in reversed(range(CHAIN)):
                if taken:
                    taken = self.run(taken, then_take=left > 0)
        finally:
            self._nest.clear()

    def run(self, jobs: Sequence[ClaimedJob], *, then_take: bool = False) -> list[ClaimedJob]:
        """Run jobs to their settled end; the next ones when they were claimed with that.

        A worker that cannot write leaves: its lock goes with it, and others rescue the jobs.
        """
        batch = Batch(jobs, self._station.worker_id, self._make_run)
        try:
            return batch.to_its_end(
                self._may_take_more, lambda: then_take and self._may_take_more()
            )
        except KeyboardInterrupt:
            batch.give_up(STOPPED_AT_ONCE)
            raise
        except StoreError as error:
            logger.critical("this worker leaves: {}", in_words(error))
            raise SystemExit(STORE_UNUSABLE) from error
        finally:
            self._station.beat_if_due()

    def _make_run(self, job: ClaimedJob, part: Callable[[], None]) -> Run:
        self._station.jobs_begun += 1

        def tick() -> None:
            self._station.beat_if_due()
            part()

        return Run(job, self._handlers[job.kind], self._nest, tick)
