"""I4: what was recorded never changes; the store itself refuses, whoever asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import database
from storage.database import home
from storage.drafts import editing
from storage.drafts.views import draft
from storage.engine import ledger
from storage.entries.actions import flag, resolve
from storage.evidence.actions import add_document
from storage.handovers.exports import record_export
from storage.handovers.signing import decline
from tests.builders import (
    a_second_officer,
    a_third_officer,
    accepted,
    an_accepted_draft,
    an_entry,
    an_event,
    an_export_plan,
    countersigned,
    reviewed,
)
from tests.clock import ShipClock
from tests.storage.tampering import ENGINE_REFUSES

WRITTEN_ONCE = (
    "audit_event",
    "ships_offset",
    "ledger_event",
    "source_document",
    "entry_source",
    "entry_mark",
    "classification_correction",
    "draft_edit",
    "handover_signature",
    "read_back",
    "handover_decline",
    "handover",
    "handover_export",
)
FROZEN_WITH_THE_DRAFT = (
    "draft_item",
    "draft_item_source",
    "draft_slot",
    "draft_concern",
    "merge_proposal",
)
MAY_CHANGE = {
    "entry": {"status", "classification_flagged"},
    "draft": {"state", "updated_at", "revision"},
}
"""Columns of otherwise unchanging rows that a verb changes."""
SHIPS_STORE = Path("ship")


@pytest.fixture(scope="module")
def full_store(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An open store with at least one row in every table that never changes, for all tests here."""
    folder = tmp_path_factory.mktemp("full") / SHIPS_STORE
    folder.mkdir()
    for path in a_manned_store.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    database.open_store(folder, clock=ShipClock())
    _fill()
    yield
    database.close()


@pytest.fixture(autouse=True)
def _no_store_left_open() -> None:
    """The one store stays open for the whole module."""


def _fill() -> None:
    entry = an_entry("Header tank low.", event_ids=[an_event()])
    officer = a_second_officer().actor
    flag(officer, entry.id, reason="Wrong.")
    resolve(officer, entry.id, reason="Topped up.")
    photo = home() / "photo.jpg"
    photo.write_bytes(b"jpeg")
    add_document(officer, photo)
    draft_id = an_accepted_draft()
    decline(a_third_officer().actor, draft_id, reason="Unclear.")
    item = draft(draft_id).sections[1].items[0]
    editing.edit(officer, item.id, "Port bilge pump leaks a little.")
    countersigned(accepted(reviewed(draft_id)))
    plan = an_export_plan(draft_id, "signed")
    record_export(officer, plan, {"handover.json": "0" * 64}, job_id="j", trace_id="t")


def columns(table: str) -> list[str]:
    return [row[1] for row in ledger.execute_sql(f"PRAGMA table_info({table})").fetchall()]


def refused(statement: str) -> bool:
    try:
        with ledger.atomic("IMMEDIATE"):
            ledger.execute_sql(statement)
    except ENGINE_REFUSES:
        return True
    return False


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
            assert refused(f"UPDATE {table} SET {column} = {column} || 'x'"), column
    assert refused(f"DELETE FROM {table}")
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_i4_a_signed_draft_never_goes_back(full_store: None) -> None:
    for state in ("DRAFT", "IN_REVIEW", "ACCEPTED", "SIGNED"):
        assert refused(f"UPDATE draft SET state = '{state}'")


def test_i4_a_key_that_may_have_signed_is_kept(full_store: None) -> None:
    assert refused("DELETE FROM person_key")
    assert refused("INSERT OR REPLACE INTO person_key SELECT * FROM person_key LIMIT 1")
    for column in set(columns("person_key")) - {"retired_at"}:
        assert refused(f"UPDATE person_key SET {column} = {column}")


def test_every_table_with_history_has_its_triggers(full_store: None) -> None:
    guarded = {
        table
        for (table,) in ledger.execute_sql(
            "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
    }
    expected = {*WRITTEN_ONCE, *FROZEN_WITH_THE_DRAFT, *MAY_CHANGE, "person_key"}
    assert expected <= guarded
    assert guarded - expected <= {"job", "job_attempt"}, "and here they are all tried"
