"""I4: what was recorded never changes; the store itself refuses, whoever asks."""

from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from storage import database
from storage.alerts.actions import raise_standing
from storage.alerts.states import Standing
from storage.audit.actor import SYSTEM, WORKER
from storage.database import home
from storage.drafts import editing
from storage.drafts.gathering import gather_correction
from storage.drafts.generation import write_generated
from storage.drafts.superseding import planned_correction
from storage.drafts.views import draft
from storage.engine import ledger
from storage.engines.choosing import VARIABLE, on_a_server
from storage.entries.actions import flag, resolve
from storage.entries.corrections import decide
from storage.entries.states import Decision
from storage.evidence.actions import add_document
from storage.handovers.exports import record_export
from storage.handovers.signing import decline
from storage.insights.outputs import approve
from storage.jobs.actions import acknowledge, claim_next, fail, submit
from storage.jobs.endings import Account, Failure
from storage.jobs.failures import failure_groups
from storage.jobs.states import Reason
from storage.manifests.rules import Judgement
from storage.manifests.states import Verdict
from storage.manifests.verifying import Count, record_verdict
from storage.schedules.actions import run_now
from storage.schedules.timetable import scheduled
from storage.vessel.actions import post_equipment
from tests.builders import (
    a_captain,
    a_second_officer,
    a_simple_item,
    a_third_officer,
    a_vessel,
    accepted,
    an_accepted_draft,
    an_entry,
    an_event,
    an_export_plan,
    countersigned,
    reviewed,
)
from tests.clock import ShipClock
from tests.contents import contents
from tests.postgresql import Server
from tests.storage.insights.logbook import a_pending_output
from tests.storage.manifests.orders import dispatched, done
from tests.storage.people.situations import to_withdraw_reset
from tests.storage.situations import EQUIPMENT
from tests.storage.tampering import ENGINE_REFUSES
from tests.stores import columns

WRITTEN_ONCE = (
    "audit_event",
    "ships_offset",
    "equipment_list",
    "ledger_event",
    "source_document",
    "entry_source",
    "entry_mark",
    "classification_correction",
    "correction_decision",
    "draft_edit",
    "handover_signature",
    "read_back",
    "handover_decline",
    "handover",
    "handover_export",
    "supersession",
    "job_failure",
    "failure_acknowledgement",
    "manifest_link",
    "manifest_verdict",
    "manifest_finding",
    "analytics_event",
    "signal",
    "suggestion_decision",
    "regeneration",
    "regeneration_output",
    "output_decision",
)
FROZEN_WITH_THE_DRAFT = (
    "draft_item",
    "draft_item_source",
    "draft_slot",
    "draft_concern",
    "merge_proposal",
)
MAY_CHANGE = {
    "alert": {
        "message",
        "last_seen_at",
        "resolved_at",
        "suppressed",
        "acknowledged_at",
        "acknowledged_by",
        "acknowledged_why",
    },
    "entry": {"status", "classification_flagged"},
    "draft": {"state", "updated_at", "revision"},
    "notice": {"seen_at"},
    "schedule_occurrence": {"state", "job_id", "answered_at"},
    "work_order": {"state", "withdrawn_at"},
    "suggestion": {"status"},
    "daily_aggregate": {"count", "base", "updated_at"},
}
"""Columns of otherwise unchanging rows that a verb changes."""
TRIED_WITH_THE_JOBS = {"job", "job_attempt", "job_group"}
"""Their triggers are met in tests/storage/jobs."""
SHIPS_STORE = Path("ship")


@pytest.fixture(scope="module")
def full_store(
    a_manned_store: Path, server: Server | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """An open store with at least one row in every table that never changes, for all tests here."""
    folder = tmp_path_factory.mktemp("full") / SHIPS_STORE
    folder.mkdir()
    for path in a_manned_store.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        if server:
            patch.setenv(VARIABLE, server.url(server.make(server.like["a_manned_store"])))
        database.open_store(folder, clock=ShipClock())
        _fill()
        yield
        database.close()


@pytest.fixture(autouse=True)
def _no_store_left_open() -> None:
    """The one store stays open for the whole module."""


def _fill() -> None:
    raise_standing(SYSTEM, Standing.DISK_LOW, "12 MiB are free.")
    run_now(SYSTEM, scheduled("handover_generate"))
    _fail_a_job()
    _verify_an_order()
    entry = an_entry("Header tank low.", event_ids=[an_event()])
    officer = a_second_officer().actor
    flag(officer, entry.id, reason="Wrong.")
    decide(a_third_officer().actor, entry.id, Decision.ACCEPTED, domain="DECK-01")
    post_equipment(officer, EQUIPMENT)
    resolve(officer, entry.id, reason="Topped up.")
    photo = home() / "photo.jpg"
    photo.write_bytes(b"jpeg")
    add_document(officer, photo)
    approve(a_captain().actor, a_pending_output())
    draft_id = an_accepted_draft()
    decline(a_third_officer().actor, draft_id, reason="Unclear.")
    item = draft(draft_id).sections[1].items[0]
    editing.edit(officer, item.id, "Port bilge pump leaks a little.")
    countersigned(accepted(reviewed(draft_id)))
    plan = an_export_plan(draft_id, "signed")
    record_export(WORKER, plan, {"handover.json": "0" * 64}, job_id="j", trace_id="t")
    correction = planned_correction(draft_id, "Wrong.", requested_by=a_captain().id)
    basis = gather_correction(correction).basis
    content = contents(a_simple_item())
    write_generated(WORKER, a_vessel().id, basis, content, job_id="j", trace_id="t")


def _verify_an_order() -> None:
    order_id = dispatched(1).order_id or ""
    found = Judgement(line=1, entry_id="e1", job_id=None, verdict=Verdict.MISMATCH, why="It lies.")
    count = Count(total=1, mismatch=1)
    record_verdict(SYSTEM, order_id, sha256="0", count=count, findings=[found], job=done({}))


def _fail_a_job() -> None:
    """One that somebody answers for."""
    submit(SYSTEM, "debug", {}, priority=4)
    job = claim_next("a-worker")
    assert job is not None
    fail(job, Failure(Reason.ERROR, "ValueError", "no reading"), Account())
    (found,) = failure_groups()
    acknowledge(a_captain().actor, found.failure_id, reason="Known.", owner="ETO")


def refused(statement: str) -> bool:
    if on_a_server() and "REPLACE" in statement:
        return True  # there is no such statement there
    try:
        with ledger.atomic():
            ledger.execute_sql(statement)
    except ENGINE_REFUSES:
        return True
    return False


def changing_is_refused(table: str, column: str) -> bool:
    try:
        return refused(f"UPDATE {table} SET {column} = {column} || 'x'")
    except peewee.ProgrammingError:  # a server adds no letter to a number
        return refused(f"UPDATE {table} SET {column} = {column} + 2")


def rows(table: str) -> list[tuple[object, ...]]:
    return ledger.execute_sql(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize("table", [*WRITTEN_ONCE, *FROZEN_WITH_THE_DRAFT])
def test_i4_a_row_that_is_written_once_never_changes_and_never_goes(
    full_store: None, table: str
) -> None:
    before = rows(table)
    assert before, f"{table} must have a row for this test to say anything"
    for column in columns(table):
        assert refused(f"UPDATE {table} SET {column} = {column}")
        assert refused(f"UPDATE OR REPLACE {table} SET {column} = {column}")
    assert refused(f"DELETE FROM {table}")
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    assert refused(f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    assert rows(table) == before


@pytest.mark.parametrize("table", FROZEN_WITH_THE_DRAFT)
def test_i4_nothing_is_added_to_a_signed_draft(full_store: None, table: str) -> None:
    key = columns(table)[0]
    other = ", ".join("'another'" if c == key else c for c in columns(table))
    values = other if table not in ("draft_item_source", "draft_slot") else ", ".join(
        "'another'" if c in ("source_id", "slot") else c for c in columns(table)
    )  # fmt: skip
    assert refused(f"INSERT INTO {table} SELECT {values} FROM {table} LIMIT 1")


@pytest.mark.parametrize("table", MAY_CHANGE)
def test_i4_of_entries_and_signed_drafts_only_their_marks_change(
    full_store: None, table: str
) -> None:
    for column in columns(table):
        if column not in MAY_CHANGE[table]:
            assert changing_is_refused(table, column), column
    assert refused(f"DELETE FROM {table}")
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_i4_a_signed_draft_never_goes_back(full_store: None) -> None:
    for state in ("DRAFT", "IN_REVIEW", "ACCEPTED", "SIGNED"):
        assert refused(f"UPDATE draft SET state = '{state}'")


def test_i4_a_key_that_may_have_signed_is_kept(full_store: None) -> None:
    assert refused("DELETE FROM person_key")
    assert refused("INSERT OR REPLACE INTO person_key SELECT * FROM person_key LIMIT 1")
    for column in set(columns("person_key")) - {"retired_at", "sealed", "ended_why"}:
        assert refused(f"UPDATE person_key SET {column} = {column}")
    for alone in ("retired_at = '2026'", "ended_why = 'left'", "sealed = '{}'"):
        assert refused(f"UPDATE person_key SET {alone} WHERE retired_at IS NULL"), alone
    ended = "retired_at = '2026', ended_why = 'left', sealed = '{}' WHERE retired_at IS NULL"
    with ledger.atomic() as undone:
        ledger.execute_sql(f"UPDATE person_key SET {ended}")
        assert refused("UPDATE person_key SET retired_at = '2027'")
        assert refused("UPDATE person_key SET retired_at = NULL, ended_why = NULL")
        undone.rollback()


def test_i4_whoever_served_is_kept_and_so_is_who_reset_a_pin(full_store: None) -> None:
    with ledger.atomic() as undone:
        to_withdraw_reset()(a_second_officer().actor)
        for table in ("person", "pin_reset"):
            assert refused(f"DELETE FROM {table}")
            assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
        for column in columns("pin_reset"):
            assert refused(f"UPDATE pin_reset SET {column} = {column}"), column
        undone.rollback()


def test_every_table_with_history_has_its_triggers(full_store: None) -> None:
    guarded = {
        table
        for (table,) in ledger.execute_sql(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers "
            "WHERE trigger_name NOT LIKE '%_is_numbered'"
            if on_a_server()
            else "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
    }
    expected = {*WRITTEN_ONCE, *FROZEN_WITH_THE_DRAFT, *MAY_CHANGE}
    expected |= {"person", "person_key", "pin_reset"}
    assert expected <= guarded
    assert guarded - expected <= TRIED_WITH_THE_JOBS
