"""A work order whose workers are killed on the way has the verdict of one that ran in peace."""

import os
from collections.abc import Callable
from pathlib import Path

from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.jobs.actions import submit
from storage.jobs.kinds import JobKind
from storage.jobs.views import show_job
from storage.manifests.actions import dispatch
from storage.manifests.states import OrderView
from storage.manifests.tables import Scratch
from storage.manifests.verifying import Count
from storage.manifests.views import OrderRecord, show_order
from storage.vessel.actions import name_vessel
from tests.crash.conftest import Extent
from tests.crash.pool import Victim
from tests.worker.waiting import wait_until
from worker.loop import Loop

MEMORY_KIB = 48 * 1024
"""How much more a process may hold at its highest than this one holds with everything imported."""


def job_of(kind: JobKind, **arguments: object) -> dict[str, object]:
    """Run one job of work orders in this process."""
    job_id = submit(SYSTEM, kind, arguments, priority=4).job_id
    Loop().run(until=job_id)
    job = show_job(job_id)
    assert job.result is not None, job.error
    return job.result


def sent(count: int) -> OrderRecord:
    """A mixed work order of so many entries, planned and dispatched."""
    name_vessel(SYSTEM, "Halcyon Tide")
    plan = job_of(JobKind.MANIFEST_PLAN, workflow="system_test", mode="mixed", count=count)
    return show_order(dispatch(SYSTEM, Path(str(plan["path"]))).order_id or "")


def completed(order: OrderRecord) -> int:
    group = show_order(order.order_id).group
    assert group is not None
    return group.completed


def high_water_kib(pid: int | str) -> int:
    """The most memory a process has held."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) if found else 0


def test_two_kills_on_the_way_change_nothing_in_the_verdict(
    victim_of: Callable[..., Victim], extent: Extent
) -> None:
    """One takes the workers with everything, the other the parent alone (RELIABILITY §1.8)."""
    order, most = sent(extent.entries), 0
    victim = victim_of()
    for part, kill in ((0.25, victim.kill_all), (0.6, victim.kill_parent)):
        wait_until(lambda: completed(order) >= extent.entries * part, patience_s=1_200)  # noqa: B023
        most = max(most, *map(high_water_kib, victim.everyone()))
        kill()
        victim.start()
    victim.kill_all()
    victim.start(drain=True)
    assert victim.wait() == 0
    _all_in_order(order)
    assert most < high_water_kib(os.getpid()) + MEMORY_KIB


def _all_in_order(order: OrderRecord) -> None:
    verdict = job_of(JobKind.MANIFEST_VERIFY, order_id=order.order_id)
    assert verdict["ok"] is True
    assert verdict["entries"] == Count(total=order.entries, ok=order.entries).model_dump()
    assert show_order(order.order_id).view is OrderView.COMPLETED
    doubled = ledger.execute_sql(
        "SELECT count(*) FROM job_attempt WHERE outcome = 'completed' GROUP BY job_id "
        "HAVING count(*) <> 1"
    ).fetchall()
    assert doubled == []
    assert Scratch.select().count() == 0
    assert verify().ok
