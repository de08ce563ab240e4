"""Real pools in real processes on one real store."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.jobs import actions, liveness, views
from storage.jobs.states import JobStatus
from tests.worker.conftest import StartPool
from tests.worker.waiting import wait_until


def debug_jobs(n: int) -> list[str]:
    return [actions.submit(SYSTEM, "debug", {"message": str(i)}).job_id for i in range(n)]


def a_sleep(seconds: float) -> str:
    return actions.submit(SYSTEM, "sleep", {"seconds": seconds}).job_id


def runs(job_id: str) -> bool:
    return views.find_job(job_id).status is JobStatus.RUNNING


def statuses() -> set[str]:
    return {row.status.value for row in views.list_jobs(limit=1000)}


@pytest.mark.parametrize("options", [("--workers", "2"), ("--no-huey",)])
def test_draining_runs_everything_and_leaves(
    store: Path, start_pool: StartPool, options: tuple[str, ...]
) -> None:
    jobs = debug_jobs(12)
    pool = start_pool("--drain", *options)
    assert pool.wait(60) == 0
    for job_id in jobs:
        detail = views.show_job(job_id)
        assert (detail.status, detail.attempt) == (JobStatus.COMPLETED, 1)
        assert detail.result == {"echo": detail.arguments["message"]}
    assert views.workers() == []
    assert verify().ok


def test_draining_an_empty_store_leaves_at_once(store: Path, start_pool: StartPool) -> None:
    assert start_pool("--drain").wait(60) == 0


def test_draining_does_not_wait_for_a_paused_engine(store: Path, start_pool: StartPool) -> None:
    debug_jobs(1)
    actions.pause(SYSTEM)
    assert start_pool("--drain").wait(60) == 0
    assert statuses() == {"queued"}


def test_draining_waits_for_what_a_dying_pool_still_holds(
    store: Path, start_pool: StartPool
) -> None:
    """I2: a job whose worker dies during the drain comes back and is run before the pool leaves."""
    (job_id,) = debug_jobs(1)
    life = liveness.take_lock("a-worker")
    actions.register_worker("a-worker", "a-dying-pool")
    assert actions.claim("a-worker")
    pool = start_pool("--drain")
    wait_until(lambda: len(views.workers()) > 1)
    looked = _times_slept(pool)
    wait_until(lambda: pool.poll() is not None or _times_slept(pool) > looked + 5)
    assert pool.poll() is None
    life.close()
    assert pool.wait(60) == 0
    assert views.find_job(job_id).status is JobStatus.COMPLETED


def test_an_idle_pool_hears_of_new_work_by_the_doorbell(store: Path, start_pool: StartPool) -> None:
    start_pool("--workers", "2")
    wait_until(lambda: len(views.workers()) == 2)
    (job_id,) = debug_jobs(1)
    assert views.wait_for(job_id, 30).status is JobStatus.COMPLETED


def test_sigterm_lets_the_running_job_end_and_takes_no_other(
    store: Path, start_pool: StartPool
) -> None:
    pool = start_pool("--workers", "1")
    job_id, behind = a_sleep(1.0), a_sleep(0)
    wait_until(lambda: runs(job_id))
    pool.send_signal(signal.SIGTERM)
    assert pool.wait(60) == 0
    assert views.find_job(job_id).status is JobStatus.COMPLETED
    assert views.find_job(behind).status is JobStatus.QUEUED
    assert not liveness.any_worker_alive()


def test_a_second_sigterm_stops_at_once_and_gives_the_job_back(
    store: Path, start_pool: StartPool
) -> None:
    pool = start_pool("--workers", "1")
    job_id = a_sleep(250)
    wait_until(lambda: runs(job_id))
    pool.send_signal(signal.SIGTERM)
    wait_until(lambda: "draining" in _log(store))
    pool.send_signal(signal.SIGTERM)
    assert pool.wait(60) is not None
    row = views.find_job(job_id)
    assert (row.status, row.status_reason) == (JobStatus.QUEUED, "requeued")


def test_two_pools_on_one_store_run_each_job_once(store: Path, start_pool: StartPool) -> None:
    jobs = debug_jobs(60)
    pools = [start_pool("--drain", "--workers", "2") for _ in range(2)]
    assert [pool.wait(60) for pool in pools] == [0, 0]
    rows = [views.show_job(job_id) for job_id in jobs]
    assert all(row.status is JobStatus.COMPLETED and row.attempt == 1 for row in rows)
    assert verify().ok


def test_cancelling_a_running_diagnostic_stops_it_in_its_worker(
    store: Path, start_pool: StartPool
) -> None:
    start_pool("--workers", "1")
    job_id = a_sleep(250)
    wait_until(lambda: runs(job_id))
    assert actions.cancel(SYSTEM, job_id) == "requested"
    row = views.wait_for(job_id, 30)
    assert (row.status, row.status_reason) == (JobStatus.CANCELLED, "cancelled_by_operator")


def test_a_dead_worker_is_replaced_and_its_job_runs_again(
    store: Path, start_pool: StartPool
) -> None:
    start_pool("--workers", "1")
    job_id = a_sleep(2)
    wait_until(lambda: runs(job_id))
    (worker,) = views.workers()
    os.kill(worker.pid, signal.SIGKILL)
    wait_until(lambda: views.find_job(job_id).status is JobStatus.COMPLETED)
    attempts = views.show_job(job_id).attempts
    assert [a.reason for a in attempts] == ["worker_lost", "completed"]


def test_killing_the_parent_leaves_no_process_of_the_pool(
    store: Path, start_pool: StartPool
) -> None:
    pool = start_pool("--workers", "2")
    job_id = a_sleep(250)
    wait_until(lambda: runs(job_id) and len(views.workers()) == 2)
    pool.kill()
    wait_until(lambda: not liveness.any_worker_alive())
    wait_until(lambda: not _processes_on(store))


def test_the_next_pool_rescues_before_it_claims(store: Path, start_pool: StartPool) -> None:
    first = start_pool("--workers", "1")
    job_id = a_sleep(1)
    wait_until(lambda: runs(job_id))
    first.kill()
    wait_until(lambda: not liveness.any_worker_alive())
    assert start_pool("--drain").wait(60) == 0
    assert views.find_job(job_id).status is JobStatus.COMPLETED
    assert _events(job_id) == [
        "job.submitted", "job.started", "job.rescued", "job.started", "job.completed",
    ]  # fmt: skip


def test_a_missing_store_is_one_sentence_and_exit_3(tmp_path: Path) -> None:
    found = _worker(tmp_path / "nowhere")
    assert (found.returncode, found.stderr.count("\n")) == (3, 1)
    assert found.stderr.startswith("error: store_missing: There is no store in")


def test_a_cut_audit_tail_stops_the_pool_before_any_claim(
    store: Path, start_pool: StartPool
) -> None:
    debug_jobs(3)
    assert start_pool("--drain").wait(60) == 0
    ledger.execute_sql("DROP TRIGGER audit_event_never_goes")
    ledger.execute_sql("DELETE FROM audit_event WHERE seq > 4")
    ledger.execute_sql(
        "CREATE TRIGGER audit_event_never_goes BEFORE DELETE ON audit_event\n"
        "    BEGIN SELECT RAISE(ABORT, 'the audit log never shrinks'); END"
    )
    (job_id,) = debug_jobs(1)
    found = _worker(store)
    assert found.returncode == 3
    assert "store_damaged" in found.stderr
    assert views.find_job(job_id).status is JobStatus.QUEUED


def test_nonsense_on_the_command_line_is_exit_2(store: Path) -> None:
    assert _worker(store, "--workers", "0").returncode == 2


def _times_slept(pool: "subprocess.Popen[str]") -> int:
    """How often the pool's first process has gone to sleep: it does after each look round."""
    status = Path(f"/proc/{pool.pid}/status").read_text()
    return int(status.partition("\nvoluntary_ctxt_switches:")[2].split()[0])


def _worker(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "worker", "--home", str(home), "--drain", *options],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2], timeout=60,
    )  # fmt: skip


def _events(job_id: str) -> list[str]:
    rows = ledger.execute_sql(
        "SELECT action FROM audit_event WHERE subject_id = ? ORDER BY seq", (job_id,)
    )
    return [action for (action,) in rows.fetchall()]


def _log(store: Path) -> str:
    return (store / "logs" / "worker.jsonl").read_text()


def _processes_on(store: Path) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(store).encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
