"""`alert list` and `alert acknowledge`, and workers with their ages."""

from pathlib import Path

from storage import database
from storage.alerts.actions import raise_standing
from storage.alerts.routing import route_new
from storage.alerts.states import Standing
from storage.audit.actor import SYSTEM
from tests.console.app.jobs import a_failed_job, a_worker
from tests.console.cli.conftest import OUTGOING
from tests.console.cli.program import Eightbells
from worker.watch import Watch


def with_alerts(home: Path) -> None:
    """A low disk, and a job that failed."""
    database.open_store(home)
    raise_standing(SYSTEM, Standing.DISK_LOW, "12 MiB are free.")
    with a_worker():
        a_failed_job("the pump is dry")
    route_new()
    database.close()


def test_without_a_worker_the_list_says_that_nobody_watches(ship: Eightbells) -> None:
    ship("backup")
    (alert,) = ship.json("alert", "list")
    assert (alert["type"], alert["severity"], alert["alert_id"]) == (
        "nobody_watches", "warning", None,
    )  # fmt: skip
    assert "No worker is running" in ship("alert", "list").out


def test_the_list_has_what_stands_and_the_jobs_that_failed(ship: Eightbells) -> None:
    with_alerts(ship.home)
    found = ship.json("alert", "list")
    assert [(a["severity"], a["type"]) for a in found] == [
        ("error", "disk_low"), ("error", "backup_old"), ("error", "worker_lost"),
        ("warning", "nobody_watches"),
        ("error", None),
    ]  # fmt: skip
    (event,) = ship.json("audit", "list", "--action", "job.failed")
    assert (found[-1]["message"], found[-1]["audit_seq"], found[-1]["job_id"]) == (
        "the pump is dry", event["seq"], event["subject_id"],
    )  # fmt: skip
    assert "Sleep failed: the pump is dry" in ship("alert", "list").out


def test_an_alert_is_acknowledged_by_a_person_with_a_reason(ship: Eightbells) -> None:
    with_alerts(ship.home)
    *_, failed = ship.json("alert", "list")
    said = ("alert", "acknowledge", failed["alert_id"], "--as", OUTGOING, "--reason")
    assert ship(*said, " ").error == "bad_input"
    assert ship(*said, "It is dry on purpose.").code == 0
    assert ship(*said, "Again.").error == "wrong_state"
    assert failed["alert_id"] not in [a["alert_id"] for a in ship.json("alert", "list")]
    (kept,) = [a for a in ship.json("alert", "list", "--all") if a["job_id"]]
    assert (kept["acknowledged_by"], kept["acknowledged_why"]) == (
        OUTGOING, "It is dry on purpose.",
    )  # fmt: skip


def test_workers_are_listed_with_their_age_and_whether_anybody_watches(ship: Eightbells) -> None:
    assert "Nobody watches: nobody has looked yet." in ship("workers").out
    database.open_store(ship.home)
    watch = Watch()
    with a_worker():
        watch.look()
        (worker,) = ship.json("workers")
        said = ship("workers").out
    watch.close()
    assert (worker["alive"], worker["freshness"]) == (True, "ok")
    assert worker["heartbeat_age_s"] < 30 and "s ago (ok)" in said
    assert "Watched: the last look was just now." in said
