"""What happens by itself: every second the rescue, every ten the books."""

import time

from loguru import logger

from storage.audit.anchor import write_anchor
from storage.audit.views import checkpoint
from storage.database import tidy
from storage.jobs.actions import bury_dead_workers, rescue_lost

BOOKS_S = 10.0


class Clock:
    """Kept by one process of a pool; several pools may each keep one."""

    def __init__(self) -> None:
        self._books_at = time.monotonic()
        self._anchored = -1

    def tick(self) -> None:
        """Once a second."""
        for job_id in rescue_lost():
            logger.warning("job {} was left by a dead worker and has been rescued", job_id)
        if time.monotonic() >= self._books_at:
            self._books_at = time.monotonic() + BOOKS_S
            self.keep_books()

    def keep_books(self) -> None:
        """Note dead workers, fold the write-ahead log back, and anchor the audit log's end."""
        for worker_id in bury_dead_workers():
            logger.warning("worker {} died", worker_id)
        size = checkpoint().size
        if size != self._anchored:
            self._anchored = size
            tidy()
            write_anchor()
