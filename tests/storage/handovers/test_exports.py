"""I14: no export before the second signature, and an export never differs from its snapshot."""

from collections.abc import Callable

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events, list_events
from storage.canonical import canonical_json, sha256_hex
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.engine import ledger
from storage.errors import BadInput, NotFound, NotPermitted, WrongState
from storage.handovers.exports import (
    SIGNED_SET,
    TYPES,
    plan_export,
    record_export,
    request_export,
    signed_set_exists,
)
from storage.handovers.views import handover, snapshot_bytes
from storage.people.actions import rotate_key
from storage.vessel.actions import set_offset
from tests.builders import (
    a_captain,
    a_draft,
    a_draft_in_review,
    a_rating,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    an_accepted_draft,
    an_entry,
    an_export_plan,
    pin_of,
)
from tests.clock import ShipClock
from tests.contents import contents
from tests.storage.tampering import ENGINE_REFUSES

IDS = {"job_id": "job-9", "trace_id": "trace-9"}


@pytest.fixture
def signed(store: object) -> str:
    """A signed handover of one item."""
    return a_signed_handover(contents(a_simple_item()))


def waiting_exports() -> list[tuple[str, str]]:
    """(subject, type) of every export job, oldest first."""
    return ledger.execute_sql(
        "SELECT subject, json_extract(arguments, '$.type') FROM job "
        "WHERE kind = 'export_prepare' ORDER BY job_id"
    ).fetchall()


def exported(draft_id: str, export_type: str = "json") -> str:
    plan = an_export_plan(draft_id, export_type)
    return record_export(WORKER, plan, {"handover.json": plan.document_hash}, **IDS)


@pytest.mark.parametrize("build", [a_draft, a_draft_in_review, an_accepted_draft])
@pytest.mark.parametrize("export_type", [*TYPES, SIGNED_SET])
def test_i14_nothing_is_exported_before_the_second_signature(
    store: object, build: Callable[..., str], export_type: str
) -> None:
    draft_id = build(contents(a_simple_item()))
    with pytest.raises(WrongState, match="exporting needs one that is signed"):
        request_export(a_captain().actor, draft_id, export_type)
    with pytest.raises(NotFound, match="signed handover"):
        an_export_plan(draft_id, export_type)
    assert waiting_exports() == []
    assert list_events(limit=1)[0].outcome == "refused"


def test_i14_the_store_itself_refuses_a_record_of_an_unsigned_export(store: object) -> None:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    with pytest.raises(ENGINE_REFUSES, match=r"(?i)foreign key"):
        ledger.execute_sql(
            "INSERT INTO handover_export "
            "VALUES ('e', ?, 'pdf', 'p', '{}', ?, 'A', '[]', NULL, 't')",
            (draft_id, a_captain().id),
        )


def test_signing_queues_the_signed_set_and_a_person_may_ask_for_more(signed: str) -> None:
    assert waiting_exports() == [(signed, SIGNED_SET)]
    request_export(a_rating().actor, signed, "pdf")
    request_export(a_captain().actor, signed, "email", to=["office@example.com"])
    assert waiting_exports() == [(signed, SIGNED_SET), (signed, "pdf"), (signed, "email")]


def test_the_same_request_while_it_waits_is_the_same_job(signed: str) -> None:
    first = request_export(a_captain().actor, signed, "pdf")
    before = count_events()
    second = request_export(a_captain().actor, signed, "pdf")
    assert (second.job_id, second.created) == (first.job_id, False)
    assert count_events() == before


@pytest.mark.parametrize(
    ("export_type", "to", "words"),
    [
        ("docx", [], "not an export type"),
        ("signed", [], "not an export type"),
        ("email", [], "at least one recipient"),
        ("pdf", ["office@example.com"], "Only an e-mail export"),
        ("email", ["office"], "not an e-mail address"),
        ("email", ["a@b", "x y@example.com"], "not an e-mail address"),
        ("email", ["a@example.com\nBcc: all@example.com"], "not an e-mail address"),
        ("email", ["Bob <bob@example.com>"], "not an e-mail address"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused(
    signed: str, export_type: str, to: list[str], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        request_export(a_captain().actor, signed, export_type, to=to)
    assert waiting_exports() == [(signed, SIGNED_SET)]


def test_i13_the_worker_asks_for_no_export(signed: str) -> None:
    with pytest.raises(NotPermitted, match="Only a person may export"):
        request_export(WORKER, signed, "pdf")


def test_i14_what_is_planned_is_the_signed_snapshot_byte_for_byte(
    signed: str, clock: ShipClock
) -> None:
    captain = a_captain()
    clock.advance(days=3)
    an_entry("Something that happened after the signature.")
    set_offset(captain.actor, -300)
    rotate_key(captain.actor, pin_of(captain))
    plan = an_export_plan(signed, "pdf")
    drawn_from = canonical_json(plan.snapshot.model_dump(mode="json"))
    assert drawn_from == snapshot_bytes(signed)
    assert sha256_hex(drawn_from) == plan.document_hash == handover(signed).document_hash


def test_each_export_is_a_new_record_in_a_folder_of_its_own(signed: str) -> None:
    plans = [an_export_plan(signed, kind) for kind in ("pdf", "pdf", SIGNED_SET)]
    assert len({plan.folder for plan in plans}) == 3
    assert plans[2].folder.endswith(f"/signed/{signed}")
    assert all(plan.folder.endswith(f"/exports/{plan.export_id}") for plan in plans[:2])


def test_the_first_export_moves_the_handover_on_and_more_may_follow(signed: str) -> None:
    assert not signed_set_exists(signed)
    first = exported(signed, SIGNED_SET)
    assert draft(signed).state is DraftState.EXPORTED
    assert signed_set_exists(signed)
    second = exported(signed)
    assert [export.id for export in handover(signed).exports] == [first, second]
    assert handover(signed).exports[1].exporter == "Anna Lindqvist"


def test_the_signed_set_is_recorded_once(signed: str) -> None:
    exported(signed, SIGNED_SET)
    with pytest.raises(ENGINE_REFUSES, match=r"(?i)unique"):
        exported(signed, SIGNED_SET)


def test_an_export_is_recorded_for_the_person_who_asked_whatever_service_made_it(
    signed: str,
) -> None:
    exported(signed)
    event = list_events(limit=1)[0]
    assert (event.action, event.actor_kind, event.job_id) == (
        "handover.exported", "service", "job-9",
    )  # fmt: skip
    assert handover(signed).exports[0].exporter == "Anna Lindqvist"


@pytest.mark.parametrize("asked_by", ["somebody else", "worker"])
def test_i13_a_job_nobody_asked_for_exports_nothing(signed: str, asked_by: str) -> None:
    captain = a_captain()
    with pytest.raises(NotPermitted):
        plan_export(signed, "pdf", (), exporter_id=captain.id, requested_by=asked_by)
    with pytest.raises(NotPermitted):
        plan_export(signed, "pdf", (), exporter_id=asked_by, requested_by=asked_by)


def test_what_is_not_there_is_not_exported(store: object) -> None:
    for missing in ("D-404", ""):
        with pytest.raises(NotFound):
            request_export(a_second_officer().actor, missing, "pdf")
