"""I2: no job lost, none completed twice, under kill -9 of anything at any moment."""

import random

from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.database import quick_check, transaction
from storage.engine import ledger
from storage.jobs import actions
from storage.jobs.kinds import KINDS, JobKind
from tests.crash.conftest import Extent
from tests.crash.pool import Victim, faults
from tests.worker.waiting import wait_until

BATCH = 50


def submit(jobs: int, chance: random.Random) -> set[str]:
    """Acknowledged work: short sleeps and echoes, each fifty of them one group."""
    acknowledged: set[str] = set()
    while len(acknowledged) < jobs:
        with transaction():
            group_id = actions.open_group(SYSTEM, "load")
            acknowledged.update(
                actions.submit(SYSTEM, *chance.choice(
                    [("debug", {"message": "x"}), ("sleep", {"seconds": chance.uniform(0, 0.05)})]
                ), group_id=group_id).job_id
                for _ in range(min(BATCH, jobs - len(acknowledged)))
            )  # fmt: skip
            actions.seal(SYSTEM, group_id)
    return acknowledged


def test_no_job_is_lost_and_none_completed_twice(
    victim: Victim, chance: random.Random, extent: Extent
) -> None:
    """A fault strikes whenever a few more jobs have ended, at whatever instant that is."""
    acknowledged = submit(extent.jobs, chance)
    for n in range(extent.faults):
        due = extent.jobs * (n + chance.random()) / (extent.faults + 1)
        wait_until(lambda: _ended_so_far() >= due)  # noqa: B023
        chance.choice(faults(victim, chance))()
    victim.kill_all()
    victim.start(drain=True)
    assert victim.wait() == 0
    _nothing_is_lost_or_doubled(acknowledged)
    _every_attempt_is_accounted_for()
    _every_group_closed_once()
    assert _rescues() > extent.faults / 10, "the faults missed the work"
    assert verify().ok
    assert quick_check() == []


def _nothing_is_lost_or_doubled(acknowledged: set[str]) -> None:
    ended = _ended()
    assert set(ended) == acknowledged
    assert {status for status, _ in ended.values()} <= {"completed", "failed"}
    assert {reason for status, reason in ended.values() if status == "failed"} <= {
        "worker_lost", "crashed",
    }  # fmt: skip
    assert _completions() == {job: 1 for job, (status, _) in ended.items() if status == "completed"}
    assert sum(status == "completed" for status, _ in ended.values()) > len(acknowledged) * 0.8


def _ended_so_far() -> int:
    row = ledger.execute_sql("SELECT sum(completed + failed + cancelled) FROM job_group").fetchone()
    return int(row[0])


def _ended() -> dict[str, tuple[str, str]]:
    """What became of the jobs of this test; the pool's clock may queue others at its half-hours."""
    rows = ledger.execute_sql(
        "SELECT job_id, status, status_reason FROM job WHERE group_id IS NOT NULL"
    ).fetchall()
    return {job_id: (status, reason) for job_id, status, reason in rows}


def _completions() -> dict[str, int]:
    rows = ledger.execute_sql(
        "SELECT subject_id, count(*) FROM audit_event "
        "WHERE action = 'job.completed' AND outcome = 'done' "
        "AND subject_id IN (SELECT job_id FROM job WHERE group_id IS NOT NULL) GROUP BY subject_id"
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


def _every_group_closed_once() -> None:
    """One closing event each, and the numbers it says are those of its children."""
    closings = ledger.execute_sql(
        "SELECT g.state, g.total, g.completed, g.failed, count(j.job_id), "
        "sum(j.status = 'completed'), sum(j.status = 'failed'), (SELECT count(*) FROM audit_event "
        "WHERE subject_id = g.group_id AND action = 'group.closed' AND outcome = 'done') "
        "FROM job_group g JOIN job j ON j.group_id = g.group_id GROUP BY g.group_id"
    ).fetchall()
    for state, total, completed, failed, children, done, not_done, events in closings:
        assert (total, completed, failed, events) == (children, done, not_done, 1)
        assert state == ("completed" if done == children else "partial")
