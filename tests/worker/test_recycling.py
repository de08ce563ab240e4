"""A worker process makes room for a fresh one between two jobs, and nobody calls it lost."""

from pathlib import Path

import pytest

from storage.alerts import views as alerts
from storage.alerts.states import Standing
from storage.audit.actor import SYSTEM
from storage.audit.views import AuditQuery, list_events, verify
from storage.jobs import actions, views
from storage.jobs.states import JobStatus
from tests.worker.conftest import StartPool
from tests.worker.waiting import wait_until
from worker.tenure import Tenure, resident_megabytes


def test_a_tenure_ends_by_jobs_or_by_memory_and_never_before_the_first_job() -> None:
    assert Tenure(jobs=1_000, megabytes=None).why_over(999) is None
    assert Tenure(jobs=1_000, megabytes=None).why_over(1_000) == "recycled: 1,000 jobs"
    assert resident_megabytes() > 1
    assert Tenure(megabytes=1).why_over(1) == "recycled: 1 MB"
    assert Tenure(megabytes=1).why_over(0) is None
    assert Tenure(megabytes=None).why_over(10**9) is None


def reasons() -> list[str]:
    """Why workers stopped, in order."""
    found = list_events(AuditQuery(action="worker.stopped"))
    return [event.detail["reason"] for event in reversed(found)]


@pytest.mark.parametrize(
    ("option", "limit", "reason"),
    [("--recycle-jobs", "5", "recycled: 5 jobs"), ("--recycle-mb", "1", "recycled: 1 MB")],
)
def test_a_worker_at_its_limit_is_replaced_and_every_job_runs_once(
    store: Path, start_pool: StartPool, option: str, limit: str, reason: str
) -> None:
    pool = start_pool("--workers", "1", option, limit)
    jobs = [actions.submit(SYSTEM, "sleep", {"seconds": 0}).job_id for _ in range(6)]
    wait_until(lambda: all(views.find_job(j).status is JobStatus.COMPLETED for j in jobs))
    assert reasons()[0] == reason
    assert [views.find_job(job).attempt for job in jobs] == [1] * 6
    assert Standing.WORKER_LOST not in alerts.on_record()
    pool.terminate()
    assert pool.wait(60) == 0
    assert "lost" not in reasons()
    assert verify().ok
