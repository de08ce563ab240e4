"""sleep: take a known time, and tell when it began, was meant to end and did end."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.clock import to_text
from storage.jobs import arguments
from storage.jobs.record import ClaimedJob
from worker.handler import Reporter

STEP_S = 0.1


def gather(job: ClaimedJob) -> float:
    """The seconds to sleep."""
    return job.arguments_as(arguments.Sleep).seconds


def perform(given: float, report: Reporter) -> dict[str, str]:
    """Sleep on the monotonic clock, so that a stepped clock neither shortens nor lengthens it."""
    begun = datetime.now(UTC)
    start = time.monotonic()
    total = round(given * 1000)
    while (elapsed := time.monotonic() - start) < given:
        report.phase("sleep", min(round(elapsed * 1000), total), total, "ms")
        time.sleep(min(STEP_S, given - elapsed))
    return {
        "started": to_text(begun),
        "predicted": to_text(begun + timedelta(seconds=given)),
        "finished": to_text(datetime.now(UTC)),
    }


def settle(job: ClaimedJob, output: dict[str, str]) -> dict[str, Any]:
    """The receipt."""
    return dict(output)
