"""How long a worker process works before a fresh one takes its place.

What leaks, leaks a little with every job: a process that is replaced in time never becomes the one
the kernel kills. It leaves between two jobs, so nothing is lost and nothing has to be rescued.
"""

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTES = 512
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MEMORY = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Tenure:
    """The limits of one worker process; None is no limit."""

    jobs: int | None = None
    megabytes: int | None = MEGABYTES

    def why_over(self, jobs_begun: int) -> str | None:
        """Why the process leaves now, as it is recorded; None while it stays.

        A process that has begun no job stays: a limit below what it needs at rest costs a process
        for every job, and never stops the work.
        """
        if jobs_begun == 0:
            return None
        if self.jobs is not None and jobs_begun >= self.jobs:
            return f"recycled: {self.jobs:,} jobs"
        if self.megabytes is not None and resident_megabytes() >= self.megabytes:
            return f"recycled: {self.megabytes:,} MB"
        return None


def resident_megabytes() -> int:
    """The memory this process occupies now; 0 where the system does not tell."""
    if not _MEMORY.exists():
        return 0
    return int(_MEMORY.read_text().split()[1]) * _PAGE // 2**20
