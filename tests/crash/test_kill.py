"""I2: no job lost, none completed twice, under kill -9 of anything at any moment."""

import random
import time

from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.database import quick_check, transaction
from storage.engine import ledger
from storage.jobs import actions
from storage.jobs.kinds import KINDS, JobKind
from tests.crash.conftest import Extent
from tests.crash.pool import Victim, faults

PACE_S = (0.02, 0.35)


def submit(jobs: int, chance: random.Random) -> set[str]:
    """Acknowledged work: short sleeps and echoes, in batches of one transaction each."""
    acknowledged: set[str] = set()
    while len(acknowledged) < jobs:
        with transaction():
            batch = [
                actions.submit(SYSTEM, *chance.choice(
                    [("debug", {"message": "x"}), ("sleep", {"seconds": chance.uniform(0, 0.08)})]
                )).job_id
                for _ in range(min(50, jobs - len(acknowledged)))
            ]  # fmt: skip
        acknowledged.update(batch)
    return acknowledged


def test_no_job_is_lost_and_none_completed_twice(
    victim: Victim, chance: random.Random, extent: Extent
) -> None:
    acknowledged = submit(extent.jobs, chance)
    for _ in range(extent.faults):
        time.sleep(chance.uniform(*PACE_S))
        chance.choice(faults(victim, chance))()
    victim.kill_all()
    victim.start(drain=True)
    assert victim.wait() == 0

    ended = _ended()
    assert set(ended) == acknowledged
    assert {status for status, _ in ended.values()} <= {"completed", "failed"}
    assert {reason for status, reason in ended.values() if status == "failed"} <= {
        "worker_lost", "crashed",
    }  # fmt: skip
    assert _completions() == {job: 1 for job, (status, _) in ended.items() if status == "completed"}
    assert sum(status == "completed" for status, _ in ended.values()) > extent.jobs * 0.8
    _every_attempt_is_accounted_for()
    assert _rescues() > extent.faults / 10, "the faults missed the work"
    assert verify().ok
    assert quick_check() == []


def _ended() -> dict[str, tuple[str, str]]:
    rows = ledger.execute_sql("SELECT job_id, status, status_reason FROM job").fetchall()
    return {job_id: (status, reason) for job_id, status, reason in rows}


def _completions() -> dict[str, int]:
    rows = ledger.execute_sql(
        "SELECT subject_id, count(*) FROM audit_event "
        "WHERE action = 'job.completed' AND outcome = 'done' GROUP BY subject_id"
    )
    return dict(rows.fetchall())


def _rescues() -> int:
    rows = ledger.execute_sql("SELECT count(*) FROM job_attempt WHERE reason = 'worker_lost'")
    return int(rows.fetchone()[0])


def _every_attempt_is_accounted_for() -> None:
    """Numbered without a gap, each ended, one event for its start and one for its end."""
    rows = ledger.execute_sql(
        "SELECT j.attempt, count(a.attempt_id), sum(a.outcome IS NULL), max(a.number), j.requeues "
        "FROM job j LEFT JOIN job_attempt a ON a.job_id = j.job_id GROUP BY j.job_id"
    ).fetchall()
    for attempt, n, still_open, highest, requeues in rows:
        assert attempt == n == highest
        assert not still_open
        assert requeues <= KINDS[JobKind.SLEEP].auto_retry_limit
    begun, ended = (
        ledger.execute_sql(
            f"SELECT count(*) FROM audit_event WHERE outcome = 'done' AND action IN ({marks})"
        ).fetchone()[0]
        for marks in (
            "'job.started'", "'job.completed', 'job.failed', 'job.cancelled', 'job.rescued'",
        )
    )  # fmt: skip
    assert begun == ended == sum(row[0] for row in rows)
