"""The pace of the engine over the last hour, at a cost that does not grow with its history.

Attempts and failures are numbered as they happen and none ever goes, so counting is subtracting:
the last number before a moment is found by a few looks, from the newest backwards. Waits and run
times are those of runs picked evenly.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from storage.clock import from_text, to_text
from storage.database import now, read_only
from storage.engine import ledger
from storage.jobs.tables import json_text
from storage.value import Value

MINUTES = 60
SPAN_MINUTES = 5
PICKED = 60
"""So many runs of one span are looked at, and no more."""

_BEGUN = (
    "SELECT coalesce(max(rowid), 0) FROM job_attempt",
    "SELECT started_at FROM job_attempt WHERE rowid = ?",
)
_FAILED = (
    "SELECT coalesce(max(seq), 0) FROM job_failure",
    "SELECT at FROM job_failure WHERE seq = ?",
)
"""The last number of a table, and when the row of a number was."""
_RUNS = """
SELECT a.rowid, a.started_at, a.ended_at, CASE WHEN j.attempt = a.number THEN j.queued_at END
FROM job_attempt a JOIN job j ON j.job_id = a.job_id
WHERE a.rowid IN (SELECT CAST(value AS BIGINT) FROM json_each(?))
"""


class Pace(Value):
    """How long the runs begun in one span waited and ran: the middle one and the 95th of 100.

    In seconds; None where nothing is known yet. `looked_at` of `begun` runs were picked.
    """

    begun: int
    looked_at: int
    wait_p50_s: float | None
    wait_p95_s: float | None
    run_p50_s: float | None
    run_p95_s: float | None


class RunTrend(Value):
    """The last hour. `begun` and `failed`: runs a minute, oldest first; the last is going on.

    `paces`: spans of five minutes; `overall`: the whole hour.
    """

    since: datetime
    until: datetime
    begun: tuple[int, ...]
    failed: tuple[int, ...]
    paces: tuple[Pace, ...]
    overall: Pace


class _Run:
    """One picked run, its waiting and its running in seconds."""

    def __init__(self, started_at: str, ended_at: str | None, queued_at: str | None) -> None:
        started = from_text(started_at)
        self.waited = _seconds(from_text(queued_at), started) if queued_at else None
        self.ran = _seconds(started, from_text(ended_at)) if ended_at else None


def run_trend() -> RunTrend:
    """What was begun and what failed, minute by minute, and how long it took."""
    until = now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    since = until - timedelta(minutes=MINUTES)
    edges = [to_text(since + timedelta(minutes=n)) for n in range(MINUTES + 1)]
    with read_only():
        begun = _numbers(*_BEGUN, edges)
        failed = _numbers(*_FAILED, edges)
        picked = [_pick(first, last) for first, last in pairwise(begun[::SPAN_MINUTES])]
        of_all = _pick(begun[0], begun[-1])
        runs = _runs({*of_all, *(number for span in picked for number in span)})
    spans = pairwise(begun[::SPAN_MINUTES])
    return RunTrend(
        since=since,
        until=until,
        begun=_differences(begun),
        failed=_differences(failed),
        paces=tuple(
            _pace(last - first, [runs[number] for number in span])
            for (first, last), span in zip(spans, picked, strict=True)
        ),
        overall=_pace(begun[-1] - begun[0], [runs[number] for number in of_all]),
    )


def number_before(moment: str, last: int, when: Callable[[int], str]) -> int:
    """The highest number up to `last` whose time is before `moment`; 0 when there is none.

    Steps back from `last` in growing strides, then halves: few looks where the moment is near.
    """
    low, high, stride = last, last, 1
    while low > 0 and when(low) >= moment:
        low, high, stride = max(low - stride, 0), low - 1, stride * 2
    while low < high:
        middle = (low + high + 1) // 2
        if when(middle) < moment:
            low = middle
        else:
            high = middle - 1
    return low


def percentile(values: Sequence[float], share: int) -> float | None:
    """The smallest value that `share` percent of the values do not exceed; None of none."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(len(values) * share / 100) - 1)]


def _numbers(newest: str, moment_of: str, edges: Sequence[str]) -> list[int]:
    """The last number before each edge."""

    def when(number: int) -> str:
        return str(ledger.execute_sql(moment_of, (number,)).fetchone()[0])

    last = int(ledger.execute_sql(newest).fetchone()[0])
    found: list[int] = []
    for edge in reversed(edges):
        last = number_before(edge, last, when)
        found.append(last)
    return found[::-1]


def _differences(numbers: Sequence[int]) -> tuple[int, ...]:
    return tuple(after - before for before, after in pairwise(numbers))


def _pick(first: int, last: int) -> range:
    """At most `PICKED` of the numbers after `first` up to `last`, evenly."""
    return range(first + 1, last + 1, max(1, ceil((last - first) / PICKED)))


def _runs(numbers: Iterable[int]) -> dict[int, _Run]:
    rows = ledger.execute_sql(_RUNS, (json_text(list(numbers)),)).fetchall()
    return {number: _Run(*times) for number, *times in rows}


def _pace(begun: int, runs: Sequence[_Run]) -> Pace:
    waits = [run.waited for run in runs if run.waited is not None]
    times = [run.ran for run in runs if run.ran is not None]
    return Pace(
        begun=begun,
        looked_at=len(runs),
        wait_p50_s=percentile(waits, 50),
        wait_p95_s=percentile(waits, 95),
        run_p50_s=percentile(times, 50),
        run_p95_s=percentile(times, 95),
    )


def _seconds(earlier: datetime, later: datetime) -> float | None:
    """None where the clock went back, or the run was queued again meanwhile."""
    span = (later - earlier).total_seconds()
    return span if span >= 0 else None
