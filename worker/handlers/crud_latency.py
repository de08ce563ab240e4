"""crud_latency: a pause, then the round of crud. Nobody waits for the write turn meanwhile."""

import time
from typing import Any, NamedTuple

from storage.jobs import arguments
from storage.jobs.record import ClaimedJob
from storage.value import Value
from worker.handler import Reporter
from worker.handlers import crud


class Given(NamedTuple):
    """What to write, and the seconds to wait before that."""

    value: str
    seconds: float


class Late(Value):
    """What to write, and the whole milliseconds that were waited."""

    values: crud.Values
    slept_ms: int


def gather(job: ClaimedJob) -> Given:
    """The value and the pause."""
    asked = job.arguments_as(arguments.CrudLatency)
    return Given(asked.value, asked.latency_ms / 1000)


def perform(given: Given, report: Reporter) -> Late:
    """Wait in the child, which has no store and so no transaction, then prepare as crud does."""
    report.phase("wait")
    begun = time.monotonic()
    while (left := given.seconds - (time.monotonic() - begun)) > 0:
        time.sleep(left)
    slept_ms = int((time.monotonic() - begun) * 1000)
    return Late(values=crud.perform(given.value, report), slept_ms=slept_ms)


def settle(job: ClaimedJob, output: Late) -> dict[str, Any]:
    """The round of crud, and how long it had waited."""
    return {**crud.settle(job, output.values), "slept_ms": output.slept_ms}
