"""The job engine against bare SqliteHuey on the same disk, with the same number of workers.

    python -m bench.jobs [--jobs N] [--million]

Both run a task that does nothing, at synchronous FULL. Ours also keeps attempts, the audit chain,
a log and metrics, and runs each body in a supervised child process; Huey's runs in the worker and
is lost when the worker is killed. `--million` also times the views over 1,000,000 jobs.
"""

import argparse
import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from huey import SqliteHuey

from storage import database
from storage.audit.actor import SYSTEM
from storage.database import transaction
from storage.engine import ledger
from storage.jobs import actions, views
from storage.jobs.explain import explain
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from worker import logs
from worker.queue import run_pool

WORKERS = 2
ROUNDS = 3
LATENCY_ROUNDS = 200
IDLE_S = 5.0


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--million", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _throughput(Path(folder), given.jobs)
        _latency(Path(folder))
        if given.million:
            _views(Path(folder))


def _throughput(folder: Path, jobs: int) -> None:
    """Rounds in turn, so that a busy machine is busy for both; the median round counts."""
    rounds = [
        (*_huey(folder / f"huey-{n}.db", jobs), *_ours(folder / f"ours-{n}", jobs))
        for n in range(ROUNDS)
    ]
    huey_in, huey_out, ours_in, ours_out = (
        statistics.median(rates) for rates in zip(*rounds, strict=True)
    )
    print(f"{'':34} {'SqliteHuey':>12} {'Eight Bells':>12} {'ratio':>7}")
    for name, theirs, ours in (
        ("submitted, each its own commit /s", huey_in, ours_in),
        ("run by 2 process workers /s", huey_out, ours_out),
    ):
        print(f"{name:34} {theirs:12.0f} {ours:12.0f} {ours / theirs:6.2f}x")


def _ours(folder: Path, jobs: int) -> tuple[float, float]:
    home = _store(folder)
    rate_in = _rate(jobs, lambda: [actions.submit(SYSTEM, "debug", {}) for _ in range(jobs)])
    with _pool(home):
        _until(lambda: _count(JobStatus.COMPLETED) == jobs)
    first, last = ledger.execute_sql(
        "SELECT min(julianday(started_at)), max(julianday(finished_at)) FROM job"
    ).fetchone()
    database.close()
    return rate_in, jobs / ((last - first) * 86400)


def _latency(folder: Path) -> None:
    home = _store(folder / "latency")
    with _pool(home) as pid:
        _until(lambda: len(views.workers()) == WORKERS)
        time.sleep(0.5)
        before = _cpu_s(pid)
        time.sleep(IDLE_S)
        idle = (_cpu_s(pid) - before) / IDLE_S
        waits = sorted(_wait_to_start() for _ in range(LATENCY_ROUNDS))
    database.close()
    p50, p99 = statistics.median(waits), waits[int(len(waits) * 0.99)]
    print(f"submit to start, idle pool: p50 {p50:.1f} ms, p99 {p99:.1f} ms (budget 10 and 50)")
    print(f"idle pool: {idle:.2%} of one core (budget 1 %)")


def _wait_to_start() -> float:
    """Milliseconds from the beginning of a submission to that of its claim, commit included."""
    row = views.wait_for(actions.submit(SYSTEM, "debug", {}).job_id, 10)
    assert row.started_at is not None
    return (row.started_at - row.created_at).total_seconds() * 1000


def _views(folder: Path) -> None:
    home = _store(folder / "million")
    _a_million()
    job_id = views.list_jobs(limit=1)[0].job_id
    for name, view in {
        "newest page": lambda: views.list_jobs(),
        "failed page": lambda: views.list_jobs(JobQuery(status=JobStatus.FAILED)),
        "counts": views.counts,
        "one job": lambda: views.show_job(job_id),
        "active jobs": views.active_jobs,
        "explain": lambda: explain(views.find_job(job_id)),
        "claim": lambda: actions.claim_next("bench"),
        "text, not found": lambda: views.list_jobs(JobQuery(text="no such words")),
    }.items():
        print(f"1,000,000 jobs: {name:16} {_ms(view):9.2f} ms")
    size = (home / database.FILE_NAME).stat().st_size
    print(f"1,000,000 jobs: the file has {size / 1e6:.0f} MB")
    database.close()


def _a_million() -> None:
    """20,000 submitted jobs, copied by the engine itself; 1 in 20 of them queued."""
    with transaction():
        for n in range(20_000):
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
    digits = "WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 49)"
    with transaction():
        ledger.execute_sql(f"{digits} INSERT INTO job SELECT {chosen} FROM job, n")


def _huey(path: Path, jobs: int) -> tuple[float, float]:
    huey = SqliteHuey("bench", filename=str(path), fsync=True)

    @huey.task()
    def nothing() -> None:
        pass

    rate_in = _rate(jobs, lambda: [nothing() for _ in range(jobs)])
    huey.storage.close()
    pid = os.fork()
    if pid == 0:
        huey.create_consumer(workers=WORKERS, worker_type="process", periodic=False).run()
        os._exit(0)
    _until(lambda: huey.pending_count() < jobs)
    rate_out = _rate(jobs, lambda: _until(lambda: huey.pending_count() == 0))
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    return rate_in, rate_out


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


def _store(home: Path) -> Path:
    database.create(home)
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
    main()
