"""A store made before failures were sorted: what failed then is sorted and found when it opens."""

import shutil
from pathlib import Path

import pytest

from storage import database
from storage.engine import insert_rows, ledger
from storage.jobs.failures import failure_groups
from storage.jobs.record import JobQuery
from storage.jobs.tables import Attempt, Job
from storage.jobs.views import list_jobs, matching

pytestmark = pytest.mark.aboard

EARLIER = 6
"""The last migration of the release before."""

AT = "2026-03-01T04:00:00.000000Z"
REQUEST = {
    "trace_id": "t", "kind": "debug", "attempt": 1, "requeues": 0, "queue": "diagnostics",
    "priority": 3, "lock_key": "", "origin": "user", "requested_by": "p", "requested_by_name": "P",
    "subject": "", "arguments": {}, "protocol_id": "x", "profile_id": "x",
    "capability_profile_id": "x", "access_mode": "apply_scoped", "safety_mode": "normal",
    "entity_refs": [], "planned_operations": [], "created_at": AT, "queued_at": AT,
    "available_at": AT, "last_activity_at": AT, "finished_at": AT,
}  # fmt: skip


@pytest.fixture
def older(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with two failed jobs, as the release before left it."""
    earlier = tmp_path / "migrations"
    earlier.mkdir()
    for path in sorted(database.MIGRATIONS.glob("0*.py"))[:EARLIER]:
        shutil.copy(path, earlier)
    with monkeypatch.context() as patch:
        patch.setattr("storage.schema.MIGRATIONS", earlier)
        database.create(home)
        for n in (1, 2):
            failed(n)
        database.close()
    return home


def failed(n: int) -> None:
    """One failed job, written with the columns there were."""
    state = {"job_id": f"j{n}", "status": "failed", "status_reason": "error"}
    insert_rows(Job, [state | REQUEST])
    ended = {
        "attempt_id": f"a{n}", "job_id": f"j{n}", "number": 1, "worker_id": "w", "host": "h",
        "pid": 1, "started_at": AT, "ended_at": AT, "outcome": "failed", "reason": "error",
        "error_type": "OSError", "error_message": f"no reading of pump {n}", "metrics": {},
    }  # fmt: skip
    insert_rows(Attempt, [ended])


def test_earlier_failures_are_sorted_and_found_when_the_store_is_opened(older: Path) -> None:
    database.open_store(older)
    (failure,) = failure_groups()
    assert (failure.count, failure.pattern) == (2, "no reading of pump ‹n›")
    assert [row.job_id for row in list_jobs(JobQuery(text="reading 2"))] == ["j2"]
    assert matching(JobQuery(text="debug")) == 2
    assert ledger.execute_sql("SELECT count(*) FROM job_group").fetchone()[0] == 0
