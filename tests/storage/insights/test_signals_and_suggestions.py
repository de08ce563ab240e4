"""Signals and suggestions: each once, whoever looks and however often; officers decide."""

import peewee
import pytest

from storage.audit.actor import WORKER
from storage.engine import ledger
from storage.entries.proposals import accept_proposal
from storage.entries.views import list_proposals
from storage.errors import BadInput, NotFound, NotPermitted, WrongState
from storage.insights.deciding import accept, dismiss
from storage.insights.output_views import list_regenerations
from storage.insights.signalling import generate_signals, signals_are_due
from storage.insights.states import SuggestionStatus, SuggestionType
from storage.insights.suggesting import generate_suggestions, suggestions_are_due
from storage.insights.views import list_signals, list_suggestions, signal
from tests.builders import a_captain, a_chief_engineer, a_rating, an_entry
from tests.clock import ShipClock
from tests.storage.insights.logbook import (
    PUMP,
    PUMP_FAULT,
    a_recurring_fault,
    a_signal,
    a_suggestion,
    counted,
)

pytestmark = pytest.mark.usefixtures("store")


def test_a_signal_names_the_entries_it_rests_on() -> None:
    entries = a_recurring_fault()
    assert signals_are_due()
    (signal_id,) = generate_signals(WORKER)
    found = signal(signal_id)
    assert (found.rule, found.subject, found.count) == ("RECURRING_FAULT", PUMP_FAULT, 3)
    assert list(found.entry_ids) == entries
    assert not signals_are_due()


def test_looking_again_repeats_nothing(clock: ShipClock) -> None:
    a_signal()
    for _ in range(12):
        assert generate_signals(WORKER) == []
        clock.advance(days=1)
        an_entry(PUMP)
        counted()
        raised = {signal(it).rule for it in generate_signals(WORKER)}
        assert raised <= {"LOW_COMPLETION_RATE"}
    assert sum(it.rule == "RECURRING_FAULT" for it in list_signals()) == 1


def test_what_goes_on_is_said_again_when_its_period_is_over(clock: ShipClock) -> None:
    a_signal()
    clock.advance(days=14)
    a_recurring_fault()
    assert PUMP_FAULT in {signal(it).subject for it in generate_signals(WORKER)}


def test_the_store_itself_refuses_a_second_signal_for_a_period() -> None:
    a_signal()
    with pytest.raises(peewee.IntegrityError, match="stands for that period already"):
        ledger.execute_sql(
            "INSERT INTO signal SELECT 'another', rule, subject, last_day, last_day, severity, "
            "count, base, message, entry_ids, created_at, job_id FROM signal"
        )


def test_a_signal_has_its_suggestions_once() -> None:
    a_signal()
    assert suggestions_are_due()
    assert len(generate_suggestions(WORKER)) == 2
    assert generate_suggestions(WORKER) == [] and not suggestions_are_due()
    assert {it.type for it in list_suggestions()} == set(SuggestionType)


def test_accepting_puts_a_proposal_into_the_inbox_and_nothing_else() -> None:
    before = {table: rows(table) for table in ("entry", "regeneration", "draft", "job")}
    suggested = a_suggestion()
    before["entry"] = rows("entry")
    decided = accept(a_captain().actor, suggested.id, reason="Worth a line.")
    assert decided.status is SuggestionStatus.ACCEPTED and decided.decision is not None
    (proposal,) = list_proposals()
    assert (proposal.id, proposal.source_kind) == (decided.decision.proposal_id, "suggestion")
    assert proposal.text == suggested.signal
    assert {table: rows(table) for table in before} == before
    entry = accept_proposal(a_chief_engineer().actor, proposal.id)
    assert entry.context == {"suggestion": suggested.id} and entry.event_ids == ()


def test_accepting_approves_a_regeneration_and_nothing_else() -> None:
    suggested = a_suggestion(SuggestionType.REGENERATE)
    accept(a_captain().actor, suggested.id)
    (found,) = list_regenerations()
    assert (found.status, found.approved_by) == ("PENDING", a_captain().name)
    assert found.output is None and list_proposals() == []


def test_a_suggestion_is_decided_once() -> None:
    captain, suggested = a_captain().actor, a_suggestion()
    dismiss(captain, suggested.id, reason="Known.")
    for decide in (accept, dismiss):
        with pytest.raises(WrongState, match="dismissed already"):
            decide(captain, suggested.id, reason="On second thoughts.")


def test_dismissing_takes_a_reason() -> None:
    with pytest.raises(BadInput):
        dismiss(a_captain().actor, a_suggestion().id, reason="  ")


def test_only_an_officer_decides_about_a_suggestion() -> None:
    suggested = a_suggestion()
    for actor in (a_rating().actor, WORKER):
        with pytest.raises(NotPermitted):
            accept(actor, suggested.id)
        with pytest.raises(NotPermitted):
            dismiss(actor, suggested.id, reason="Known.")
    (found,) = [it for it in list_suggestions() if it.id == suggested.id]
    assert found.status is SuggestionStatus.OPEN


def test_nobody_decides_about_what_was_never_suggested() -> None:
    with pytest.raises(NotFound):
        accept(a_captain().actor, "no-such-suggestion")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("UPDATE suggestion SET text = 'x'", "never changes"),
        ("UPDATE suggestion SET status = 'ACCEPTED', target = 'x'", "never changes"),
        ("DELETE FROM suggestion", "are kept"),
        ("UPDATE signal SET message = 'x'", "never changes"),
        ("DELETE FROM signal", "is kept"),
    ],
)
def test_the_store_itself_lets_nobody_rewrite_them(change: str, complaint: str) -> None:
    a_suggestion()
    with pytest.raises(peewee.IntegrityError, match=complaint):
        ledger.execute_sql(change)


def test_the_store_itself_lets_nobody_reopen_a_suggestion() -> None:
    dismiss(a_captain().actor, a_suggestion().id, reason="Known.")
    with pytest.raises(peewee.IntegrityError, match="decided once"):
        ledger.execute_sql("UPDATE suggestion SET status = 'OPEN' WHERE status = 'DISMISSED'")


def rows(table: str) -> int:
    return int(ledger.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0])
