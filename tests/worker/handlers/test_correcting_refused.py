"""Who may not correct a signed handover, and when not: each refusal is on record (DOMAIN §6)."""

import pytest

from storage.audit.views import AuditQuery, list_events
from storage.drafts.superseding import request_correction
from storage.engine import ledger
from storage.errors import BadInput, NotFound, NotPermitted, WrongState
from storage.handovers.views import list_handovers
from storage.jobs.kinds import JobKind
from storage.jobs.states import JobStatus
from storage.jobs.submission import submit
from tests.builders import (
    a_captain,
    a_rating,
    accepted_and_signed,
    an_entry,
)
from tests.clock import ShipClock
from tests.storage.tampering import ENGINE_REFUSES
from tests.worker.handlers.conftest import drain, generated, run
from tests.worker.handlers.corrections import (
    GUEST,
    LEAK,
    WHY,
    corrected,
    in_force,
    in_review,
    signed,
)


def refusals() -> list[str]:
    found = list_events(AuditQuery(action="handover.correction_requested"))
    return [event.detail["code"] for event in found if event.outcome == "refused"]


def test_only_an_officer_corrects_with_a_reason() -> None:
    an_entry(LEAK)
    first = signed()
    with pytest.raises(NotPermitted):
        request_correction(a_rating().actor, first, reason=WHY)
    with pytest.raises(BadInput):
        request_correction(a_captain().actor, first, reason="  ")
    with pytest.raises(NotFound):
        request_correction(a_captain().actor, "no-such-draft", reason=WHY)
    assert refusals() == ["not_found", "bad_input", "not_permitted"]


def test_only_the_newest_signed_handover_is_corrected(clock: ShipClock) -> None:
    an_entry(LEAK)
    first = signed()
    clock.advance(hours=4)
    an_entry(GUEST)
    second = signed()
    with pytest.raises(WrongState, match="the newest is corrected"):
        request_correction(a_captain().actor, first, reason=WHY)
    accepted_and_signed(in_review(corrected(second)))
    with pytest.raises(WrongState, match="the newest is corrected"):
        request_correction(a_captain().actor, second, reason=WHY)
    assert refusals() == ["wrong_state", "wrong_state"]


def test_i5_no_correction_begins_while_a_handover_is_open(clock: ShipClock) -> None:
    an_entry(LEAK)
    first = signed()
    clock.advance(hours=1)
    an_entry(GUEST)
    open_one = generated()
    with pytest.raises(WrongState, match="A handover is open"):
        request_correction(a_captain().actor, first, reason=WHY)
    with pytest.raises(WrongState, match="only a signed one"):
        request_correction(a_captain().actor, open_one, reason=WHY)


def test_a_job_nobody_may_have_asked_for_corrects_nothing() -> None:
    an_entry(LEAK)
    first = signed()
    arguments = {"supersedes": first, "reason": WHY}
    job = run(JobKind.HANDOVER_GENERATE, a_rating().actor, **arguments)
    assert job.status is JobStatus.FAILED
    assert len(list_handovers()) == 1
    assert in_force() == first


def test_a_correction_has_no_window_of_its_own() -> None:
    arguments = {"supersedes": "x", "reason": WHY, "window_from": "2026-03-01T00:00:00Z"}
    with pytest.raises(BadInput, match="period of the handover it supersedes"):
        submit(a_captain().actor, JobKind.HANDOVER_GENERATE, arguments)
    with pytest.raises(BadInput, match="given together"):
        submit(a_captain().actor, JobKind.HANDOVER_GENERATE, {"supersedes": "x"})


def test_asking_twice_for_a_correction_makes_one() -> None:
    an_entry(LEAK)
    first = signed()
    asked = [request_correction(a_captain().actor, first, reason=WHY) for _ in range(2)]
    assert asked[0].job_id == asked[1].job_id
    assert [a.created for a in asked] == [True, False]
    drain()
    events = list_events(AuditQuery(action="handover.correction_requested"))
    assert [event.outcome for event in events] == ["done"]


def test_the_store_itself_keeps_what_a_draft_corrects() -> None:
    an_entry(LEAK)
    first = signed()
    new = corrected(first)
    for statement in (
        "UPDATE supersession SET reason = 'Other.'",
        "DELETE FROM supersession",
        f"UPDATE draft SET period_to = '2030-01-01T00:00:00.000000Z' WHERE id = '{new}'",
        f"INSERT INTO supersession SELECT '{first}', '{new}', reason, by_id, by_name, role, at "
        "FROM supersession",
    ):
        with pytest.raises(ENGINE_REFUSES):
            ledger.execute_sql(statement)
