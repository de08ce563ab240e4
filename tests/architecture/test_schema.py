"""Tables are declared twice on purpose; the two say the same."""

import hashlib
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import peewee
import pytest

from storage import database
from storage.alerts.states import Severity, Source, Standing
from storage.audit.actor import ActorKind
from storage.drafts.content import HandoverType, ItemState, ProposalKind, SlotState
from storage.drafts.states import Answer, ConcernKind, DraftState, EditKind, ItemStatus, Move
from storage.engine import Table, ledger
from storage.entries.states import Decision, EntryStatus, ProposalStatus
from storage.handovers.exports import SIGNED_SET, TYPES
from storage.handovers.snapshot import Position
from storage.insights.states import (
    EventType,
    Metric,
    OutputStatus,
    RegenerationStatus,
    Rule,
    Scope,
    SignalSeverity,
    SuggestionStatus,
    SuggestionType,
)
from storage.jobs.access import AccessMode
from storage.jobs.record import Origin, SafetyMode
from storage.jobs.states import FINAL, LEGAL_MOVES, GroupState, JobStatus
from storage.manifests.states import LEGAL_MOVES as ORDER_MOVES
from storage.manifests.states import OrderState, Verdict
from storage.people.states import Began, Ended, ResetState
from storage.schedules.states import LEGAL_MOVES as ANSWERS
from storage.schedules.states import OccurrenceState
from storage.schema import Meta
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence
from storage.taxonomy.roles import Role
from tests.architecture.sources import module_name, python_files

LISTS: dict[str, set[str]] = {
    "alert.source": set(Source),
    "alert.type": set(Standing) - {Standing.NOBODY_WATCHES},
    "alert.severity": set(Severity),
    "audit_event.actor_kind": set(ActorKind),
    "audit_event.outcome": {"done", "refused", "dry_run"},
    "person.role": set(Role),
    "person_key.began_why": set(Began),
    "person_key.ended_why": set(Ended),
    "pin_reset.state": set(ResetState),
    "entry.bucket": set(Bucket) - {Bucket.COMMAND},
    "entry.confidence": set(Confidence),
    "entry.status": set(EntryStatus),
    "entry_source.kind": {"event", "document"},
    "entry_mark.mark": set(EntryStatus) - {EntryStatus.CANDIDATE},
    "correction_decision.decision": set(Decision),
    "correction_decision.bucket": set(Bucket) - {Bucket.COMMAND},
    "entry_proposal.source_kind": {"event", "suggestion"},
    "entry_proposal.status": set(ProposalStatus),
    "draft.handover_type": set(HandoverType),
    "draft.state": set(DraftState),
    "draft_item.bucket": set(Bucket),
    "draft_item.status": set(ItemStatus),
    "draft_item.confidence": set(Confidence),
    "draft_item.state": set(ItemState),
    "draft_item_source.kind": {"entry", "event", "document"},
    "draft_edit.kind": set(EditKind),
    "merge_proposal.kind": set(ProposalKind),
    "merge_proposal.answer": set(Answer),
    "draft_concern.kind": set(ConcernKind),
    "draft_slot.state": set(SlotState),
    "section_view.bucket": set(Bucket),
    "handover_signature.position": set(Position),
    "handover_decline.kind": {Move.DECLINE, Move.REOPEN},
    "handover_export.type": {SIGNED_SET, *TYPES},
    "job.status": set(JobStatus),
    "job.origin": set(Origin),
    "job.access_mode": set(AccessMode),
    "job.safety_mode": set(SafetyMode),
    "job_attempt.outcome": set(FINAL),
    "job_group.state": set(GroupState),
    "job_log.level": {"INFO", "WARN", "ERROR"},
    "search_mark.name": {"job", "failure"},
    "schedule_occurrence.state": set(OccurrenceState),
    "work_order.state": set(OrderState),
    "manifest_finding.verdict": set(Verdict) - {Verdict.OK},
    "analytics_event.type": set(EventType),
    "daily_aggregate.metric": set(Metric),
    "signal.rule": set(Rule),
    "signal.severity": set(SignalSeverity),
    "suggestion.scope": set(Scope),
    "suggestion.type": set(SuggestionType),
    "suggestion.severity": set(SignalSeverity),
    "suggestion.status": set(SuggestionStatus),
    "regeneration.status": set(RegenerationStatus),
    "suggestion_decision.decision": set(SuggestionStatus) - {SuggestionStatus.OPEN},
    "output_decision.decision": set(OutputStatus) - {OutputStatus.PENDING},
}
"""Every list of words in a CHECK, and what the program says they are."""

FROZEN = {
    "0001_record": "cb07ded2c009635b",
    "0002_jobs": "fd38fe2b8141bed8",
    "0003_people_and_vessel": "5d1cba4e778291d7",
    "0004_entries": "5af33bd2af1c70af",
    "0005_drafts": "2c4f3480702b25f3",
    "0006_handovers": "60f87bc8a8b59d4a",
    "0007_superseding_and_notices": "757aac1bb40cf1fe",
    "0008_corrections_and_equipment": "4237e0ec4cda819d",
    "0009_groups_and_failures": "a550382c4987b510",
    "0010_schedules": "a9d4f79e4b4255cb",
    "0011_alerts": "cfad01c39e25e890",
    "0012_draining": "ed92b88307b752a3",
    "0013_work_orders": "975e483f225d969d",
    "0014_insights": "5d725662d8cce0ad",
    "0015_command_age": "ea58928dfe625e37",
    "0016_backup_alerts": "9da4a3e24cc6d7f6",
    "0017_keys_and_service": "01901f2cb69e707b",
}
"""Migrations that stores out there were made with, and the start of the SHA-256 of each."""

WITHOUT_MODEL = re.compile(r"sqlite_|(entry|job|failure)_words|schema_migration")
MIGRATIONS = Path(database.__file__).parent / "migrations"
KINDS = {"TEXT": peewee.TextField, "INTEGER": (peewee.IntegerField, peewee.BooleanField)}


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Table name → its CREATE statement, of a store as the migrations make it."""
    database.create(tmp_path_factory.mktemp("schema") / "ship")
    rows = ledger.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    yield {name: sql for name, sql in rows.fetchall() if not WITHOUT_MODEL.match(name)}
    database.close()


@pytest.fixture(autouse=True)
def _no_store_left_open() -> None:
    """The store of this module stays open for all its tests."""


def models() -> dict[str, type[Table]]:
    """Every model, by the name of its table."""
    for path in python_files("storage"):
        if path.name == "tables.py":
            import_module(module_name(path))
    found: list[type[Table]] = [Meta, *Table.__subclasses__()]
    return {model._meta.table_name: model for model in found}


def checked_lists(schema: dict[str, str]) -> dict[str, set[str]]:
    """`table.column` → the words its CHECK allows; lists of numbers left out."""
    found = {}
    for table, sql in schema.items():
        for column, values in re.findall(r"CHECK \(\s*(\w+) IN \(([^)]*)\)\s*\)", sql):
            words = re.findall(r"'([^']*)'", values)
            if words:
                found[f"{table}.{column}"] = set(words)
    return found


def test_every_table_has_its_model_and_every_model_its_table(schema: dict[str, str]) -> None:
    assert schema.keys() - models().keys() == set()
    assert models().keys() - schema.keys() == set()


def test_every_model_has_the_columns_of_its_table(schema: dict[str, str]) -> None:
    for table, model in models().items():
        declared = {
            name: (kind, bool(required or key))
            for _, name, kind, required, _, key in ledger.execute_sql(
                f"PRAGMA table_info({table})"
            ).fetchall()
        }
        fields = {field.column_name: field for field in model._meta.fields.values()}
        assert fields.keys() == declared.keys(), table
        for name, field in fields.items():
            kind, required = declared[name]
            stored = field.rel_field if isinstance(field, peewee.ForeignKeyField) else field
            assert isinstance(stored, KINDS[kind]), f"{table}.{name} is {kind}"
            assert field.null != required, f"{table}.{name}: NULL in one, NOT NULL in the other"


def test_every_table_is_strict(schema: dict[str, str]) -> None:
    assert [name for name, sql in schema.items() if not re.search(r"\)\s*STRICT", sql)] == []


def test_every_list_of_words_in_a_check_is_the_programs_own(schema: dict[str, str]) -> None:
    in_the_store = checked_lists(schema)
    assert in_the_store.keys() == LISTS.keys()
    for place, words in in_the_store.items():
        assert words == {str(word) for word in LISTS[place]}, place


def test_the_stores_moves_of_a_job_are_the_legal_ones(schema: dict[str, str]) -> None:
    (sql,) = ledger.execute_sql(
        "SELECT sql FROM sqlite_master WHERE name = 'job_moves'"
    ).fetchone()  # fmt: skip
    legal = {f"{before}>{after}" for before, afters in LEGAL_MOVES.items() for after in afters}
    assert set(re.findall(r"'(\w+>\w+)'", sql)) == legal


def test_the_stores_answers_to_a_missed_run_are_the_legal_ones(schema: dict[str, str]) -> None:
    (sql,) = ledger.execute_sql(
        "SELECT sql FROM sqlite_master WHERE name = 'schedule_occurrence_moves'"
    ).fetchone()  # fmt: skip
    legal = {f"{before}>{after}" for before, afters in ANSWERS.items() for after in afters}
    assert set(re.findall(r"'(\w+>\w+)'", sql)) == legal


def test_the_stores_moves_of_a_work_order_are_the_legal_ones(schema: dict[str, str]) -> None:
    (sql,) = ledger.execute_sql(
        "SELECT sql FROM sqlite_master WHERE name = 'work_order_moves'"
    ).fetchone()  # fmt: skip
    legal = {f"{before}>{after}" for before, afters in ORDER_MOVES.items() for after in afters}
    assert set(re.findall(r"'(\w+>\w+)'", sql)) == legal


def test_migrations_are_numbered_without_a_gap() -> None:
    names = sorted(path.stem for path in MIGRATIONS.glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_a_migration_that_was_released_never_changes() -> None:
    for name, digest in FROZEN.items():
        found = hashlib.sha256((MIGRATIONS / f"{name}.py").read_bytes()).hexdigest()
        assert found.startswith(digest), name
