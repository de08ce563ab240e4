"""A person says that they have seen an alert; it stays on record as it is."""

from pathlib import Path

import pytest

from storage.alerts.actions import acknowledge, raise_standing, resolve_standing
from storage.alerts.routing import route_new
from storage.alerts.states import Standing
from storage.alerts.views import resolved, standing, told
from storage.audit.actor import SYSTEM
from storage.audit.views import list_events
from storage.engine import ledger
from storage.errors import BadInput, NotFound, NotPermitted, TooLong, WrongState
from tests.builders import a_second_officer
from tests.storage.alerts.conftest import Fail
from tests.storage.tampering import ENGINE_REFUSES


def a_standing_alert() -> str:
    raise_standing(SYSTEM, Standing.DISK_LOW, "12 MiB are free.")
    found = next(alert for alert in standing() if alert.type is Standing.DISK_LOW)
    assert found.alert_id is not None
    return found.alert_id


def test_an_acknowledged_alert_still_stands_and_says_who_saw_it(store: Path) -> None:
    officer = a_second_officer()
    acknowledge(officer.actor, a_standing_alert(), reason="Backups go ashore at noon.")
    (alert,) = [alert for alert in standing() if alert.alert_id]
    assert (alert.acknowledged_by, alert.acknowledged_why) == (
        officer.name, "Backups go ashore at noon.",
    )  # fmt: skip
    event = list_events()[0]
    assert (event.action, event.detail) == (
        "alert.acknowledged", {"reason": "Backups go ashore at noon."},
    )  # fmt: skip


def test_an_acknowledged_alert_of_a_job_leaves_the_list_and_not_the_record(failing: Fail) -> None:
    failing()
    route_new()
    (alert,) = told()
    assert alert.alert_id is not None
    acknowledge(a_second_officer().actor, alert.alert_id, reason="The pump is dry on purpose.")
    assert told() == []
    assert [a.acknowledged_by for a in told(everything=True)] == [a_second_officer().name]


def test_only_a_person_with_a_reason_acknowledges_and_only_once(store: Path) -> None:
    officer, alert_id = a_second_officer().actor, a_standing_alert()
    with pytest.raises(NotPermitted):
        acknowledge(SYSTEM, alert_id, reason="Seen.")
    with pytest.raises(BadInput):
        acknowledge(officer, alert_id, reason=" ")
    with pytest.raises(TooLong):
        acknowledge(officer, alert_id, reason="x" * 2_001)
    with pytest.raises(NotFound):
        acknowledge(officer, "nothing", reason="Seen.")
    acknowledge(officer, alert_id, reason="Seen.")
    with pytest.raises(WrongState, match="already"):
        acknowledge(officer, alert_id, reason="Seen.")
    refusals = [e.outcome for e in list_events(limit=6) if e.action == "alert.acknowledged"]
    assert refusals == ["refused", "done", "refused", "refused", "refused", "refused"]


def test_a_resolved_alert_is_listed_as_such_and_not_acknowledged_any_more(store: Path) -> None:
    alert_id = a_standing_alert()
    resolve_standing(SYSTEM, Standing.DISK_LOW)
    assert [alert.alert_id for alert in resolved()] == [alert_id]
    with pytest.raises(WrongState, match="resolved by itself"):
        acknowledge(a_second_officer().actor, alert_id, reason="Seen.")


def test_a_type_that_comes_back_is_another_alert(store: Path) -> None:
    first = a_standing_alert()
    assert not raise_standing(SYSTEM, Standing.DISK_LOW, "11 MiB are free.")
    resolve_standing(SYSTEM, Standing.DISK_LOW)
    assert a_standing_alert() != first


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE alert SET severity = 'info'",
        "UPDATE alert SET resolved_at = NULL",
        "UPDATE alert SET type = 'job_stuck'",
        "DELETE FROM alert",
        pytest.param("INSERT OR REPLACE INTO alert SELECT * FROM alert", marks=pytest.mark.aboard),
    ],
)
def test_i4_the_store_refuses_to_rewrite_an_alert(store: Path, change: str) -> None:
    a_standing_alert()
    resolve_standing(SYSTEM, Standing.DISK_LOW)
    with pytest.raises(ENGINE_REFUSES), ledger.atomic():
        ledger.execute_sql(change)
