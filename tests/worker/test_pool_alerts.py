"""A real pool watches: what happens to it is told, and when it is gone that is told too."""

import os
import signal
from pathlib import Path

from storage.alerts import views
from storage.alerts.states import Standing
from storage.audit.actor import SYSTEM
from storage.jobs import actions
from storage.jobs.views import workers
from tests.worker.conftest import StartPool
from tests.worker.waiting import wait_until

AN_EXPORT_OF_NOTHING = {"draft_id": "nothing", "type": "pdf", "exporter_id": "nobody"}


def stands() -> list[Standing | None]:
    return [alert.type for alert in views.standing()]


def test_a_killed_worker_is_an_alert_and_a_killed_pool_is_one_nobody_could_store(
    store: Path, start_pool: StartPool
) -> None:
    assert stands() == [Standing.NOBODY_WATCHES]
    pool = start_pool("--workers", "1")
    wait_until(lambda: stands() == [])
    (worker,) = workers()
    os.kill(worker.pid, signal.SIGKILL)
    wait_until(lambda: Standing.WORKER_LOST in views.on_record())
    assert stands() == [Standing.WORKER_LOST]
    wait_until(lambda: any(w.alive for w in workers()))
    pool.kill()
    wait_until(lambda: Standing.NOBODY_WATCHES in stands())


def test_a_job_that_fails_in_a_pool_is_told_once(store: Path, start_pool: StartPool) -> None:
    start_pool("--workers", "2")
    for _ in range(3):
        actions.submit(SYSTEM, "export_prepare", AN_EXPORT_OF_NOTHING, subject=os.urandom(4).hex())
    wait_until(lambda: sum(1 + alert.suppressed for alert in views.told()) == 3)
    (alert,) = views.told()
    assert (alert.title, alert.severity, alert.suppressed) == ("Prepare export failed", "error", 2)
