"""The job engine against bare SqliteHuey on the same disk: same pragmas, same number of workers.

    python -m bench.jobs [--jobs N] [--rounds N] [--million]

Both run a task that does nothing. Ours also keeps attempts, the audit chain, a log and metrics, and
runs each body in a supervised child process; Huey's runs in the worker and is lost with it. Rounds
take turns and the median ratio counts, so a busy machine is busy for both. Budgets: at FULL 0.3 of
the peer or more, submit to start p50 10 ms and p99 50 ms, an idle pool 1 % of a core.
`--million` adds the views over 1,000,000 jobs, which take minutes to make.
"""

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench import peer
from storage import database
from storage.audit import actions as audit
from storage.audit.actor import SYSTEM
from storage.database import transaction
from storage.engine import ledger
from storage.jobs import actions, claims, endings, views
from storage.jobs.explain import explain
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from worker import logs
from worker.queue import run_pool

WORKERS = 2
LATENCY_ROUNDS = 200
IDLE_S = 5.0
TOGETHER = 500


class Line(NamedTuple):
    """One line of the table. `kept`: whether it is within its budget, if it has one."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    budget: str = ""
    kept: bool = True


class Rates(NamedTuple):
    """Jobs a second, in each of the ways of one round."""

    peer_in: float
    peer_out: float
    ours_in: float
    ours_out: float
    bare_out: float


def main() -> int:
    """Print one table; 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--million", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [
            *_throughput(folder, given.jobs, given.rounds, "full", 0.3),
            *_throughput(folder, given.jobs, given.rounds, "normal", 0.0),
            *_latency(folder),
            *(_views(folder) if given.million else ()),
        ]
    _print(lines)
    return int(not all(line.kept for line in lines))


def _print(lines: Sequence[Line]) -> None:
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    rows = [("", "Eight Bells", "SqliteHuey", "ratio", "budget"), *(line[:5] for line in lines)]
    for what, *cells in rows:
        print(f"{what:44}" + "".join(f"{cell:>13}" for cell in cells))


def _throughput(
    folder: Path, jobs: int, rounds: int, synchronous: str, least: float
) -> Iterator[Line]:
    """Rounds in turn; each line has median rates, and the median of the rounds' own ratios."""
    all_rates = [_round(folder / f"{synchronous}-{n}", jobs, synchronous) for n in range(rounds)]

    def line(what: str, ours: str, theirs: str, least: float = 0.0) -> Line:
        pairs = [(getattr(r, ours), getattr(r, theirs)) for r in all_rates]
        one, other = (f"{statistics.median(side):.0f}/s" for side in zip(*pairs, strict=True))
        ratio = statistics.median(mine / its for mine, its in pairs)
        budget = f">= {least:.2f}" if least else ""
        return Line(what, one, other, f"{ratio:.2f}", budget, ratio >= least)

    mode = synchronous.upper()
    yield line(f"{mode}: submitted, each its own commit", "ours_in", "peer_in")
    yield line(f"{mode}: run by {WORKERS} process workers", "ours_out", "peer_out", least)
    yield line(f"{mode}: the same without the audit log", "bare_out", "peer_out")


def _round(folder: Path, jobs: int, synchronous: str) -> Rates:
    folder.mkdir()
    theirs = peer.run(folder / "huey.db", jobs, WORKERS, synchronous, _rate, _until)
    ours = _ours(folder / "ours", jobs, synchronous)
    with _without_audit():
        _, bare = _ours(folder / "bare", jobs, synchronous)
    return Rates(*theirs, *ours, bare)


def _ours(home: Path, jobs: int, synchronous: str) -> tuple[float, float]:
    _store(home, synchronous)
    rate_in = _rate(jobs, lambda: [actions.submit(SYSTEM, "debug", {}) for _ in range(jobs)])
    with _pool(home):
        _until(lambda: _count(JobStatus.COMPLETED) == jobs)
    first, last = ledger.execute_sql(
        "SELECT min(julianday(started_at)), max(julianday(finished_at)) FROM job"
    ).fetchone()
    database.close()
    return rate_in, jobs / ((last - first) * 86400)


@contextmanager
def _without_audit() -> Iterator[None]:
    """What the engine would do if it kept no audit log; for measuring its cost only."""
    places: list[Any] = [audit, claims, endings]
    for place in places:
        place.append_all = lambda *given: 0
    yield
    for place in places:
        place.append_all = _APPEND_ALL


_APPEND_ALL = audit.append_all


def _latency(folder: Path) -> Iterator[Line]:
    home = _store(folder / "latency")
    with _pool(home) as pid:
        _until(lambda: len(views.workers()) == WORKERS)
        time.sleep(0.5)
        before = _cpu_s(pid)
        time.sleep(IDLE_S)
        idle = (_cpu_s(pid) - before) / IDLE_S
        waits = sorted(_wait_to_start() for _ in range(LATENCY_ROUNDS))
    together = _rate(TOGETHER, lambda: actions.submit_together(SYSTEM, "debug", {}, TOGETHER))
    database.close()
    p50, p99 = statistics.median(waits), waits[int(len(waits) * 0.99)]
    yield Line(f"submitted, {TOGETHER} in one transaction", f"{together:.0f}/s")
    for name, value, most in (("p50", p50, 10), ("p99", p99, 50)):
        what = f"submit to start, idle pool, {name}"
        yield Line(what, f"{value:.1f} ms", budget=f"<= {most} ms", kept=value <= most)
    yield Line("idle pool, of one core", f"{idle:.2%}", budget="<= 1 %", kept=idle <= 0.01)


def _wait_to_start() -> float:
    """Milliseconds from the beginning of a submission to that of its claim, commit included."""
    row = views.wait_for(actions.submit(SYSTEM, "debug", {}).job_id, 10)
    assert row.started_at is not None
    return (row.started_at - row.created_at).total_seconds() * 1000


def _views(folder: Path) -> Iterator[Line]:
    home = _store(folder / "million")
    fill(20_000, 49)
    job_id = views.list_jobs(limit=1)[0].job_id
    for name, view in {
        "newest page": lambda: views.list_jobs(),
        "failed page": lambda: views.list_jobs(JobQuery(status=JobStatus.FAILED)),
        "counts": views.counts,
        "one job": lambda: views.show_job(job_id),
        "active jobs": views.active_jobs,
        "explain": lambda: explain(views.find_job(job_id)),
        "claim": lambda: actions.claim("bench"),
        "search, found": lambda: views.list_jobs(JobQuery(text="19999")),
        "search, not found": lambda: views.list_jobs(JobQuery(text="no such words")),
    }.items():
        yield Line(f"1,000,000 jobs: {name}", f"{_ms(view):.2f} ms")
    size = (home / database.FILE_NAME).stat().st_size
    yield Line("1,000,000 jobs: the file", f"{size / 1e6:.0f} MB")
    database.close()


def fill(submitted: int, copies: int) -> None:
    """So many submitted jobs, each copied so often by the engine itself; 1 copy in 20 queued."""
    with transaction():
        for n in range(submitted):
            actions.submit(SYSTEM, "debug", {"message": str(n)}, priority=n % 5)
    columns = [row[1] for row in ledger.execute_sql("PRAGMA table_info(job)").fetchall()]
    ended = (
        "CASE WHEN n.value % 20 = 0 THEN {queued} "
        "WHEN n.value % 7 = 0 THEN {failed} ELSE {done} END"
    )
    values = {
        "job_id": "job_id || printf('-%02d', n.value)",
        "status": ended.format(queued="'queued'", failed="'failed'", done="'completed'"),
        "finished_at": ended.format(queued="NULL", failed="created_at", done="created_at"),
    }
    chosen = ", ".join(values.get(column, column) for column in columns)
    counted = f"SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT {copies}"
    digits = f"WITH RECURSIVE n (value) AS ({counted})"
    with transaction():
        ledger.execute_sql(f"{digits} INSERT INTO job SELECT {chosen} FROM job, n")


@contextmanager
def _pool(home: Path) -> Iterator[int]:
    database.disconnect()
    pid = os.fork()
    if pid == 0:
        logs.set_up(home, "WARNING")
        run_pool(WORKERS)
        os._exit(0)
    yield pid
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)


def _store(home: Path, synchronous: str = "full") -> Path:
    """A new store, opened as a pool would open it."""
    database.create(home)
    database.disconnect()
    ledger.pragma("synchronous", synchronous, permanent=True)
    return home


def _count(status: JobStatus) -> int:
    return sum(n for (found, _), n in views.counts().items() if found is status)


def _rate(n: int, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return n / (time.perf_counter() - begun)


def _ms(work: Callable[[], object]) -> float:
    work()
    begun = time.perf_counter()
    for _ in range(5):
        work()
    return (time.perf_counter() - begun) * 200


def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.002)


def _cpu_s(parent: int) -> float:
    """Processor seconds of a process and its children so far."""
    pids = [parent, *map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())]
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
