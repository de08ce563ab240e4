"""Raw events: read from what is on record, each once, whatever happens in between."""

from datetime import timedelta

import pytest

from storage import database
from storage.audit.actor import WORKER
from storage.drafts.editing import edit, move
from storage.drafts.views import draft
from storage.engine import ledger
from storage.entries.actions import resolve
from storage.entries.proposals import accept_proposal
from storage.handovers.signing import decline
from storage.insights import collecting
from storage.insights.collecting import collect
from storage.insights.deciding import accept
from storage.jobs.actions import claim_next, complete, submit
from storage.jobs.endings import Account
from tests.builders import (
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    accepted_and_signed,
    an_accepted_draft,
    an_entry,
)
from tests.clock import ShipClock
from tests.contents import contents
from tests.storage.insights.logbook import PUMP, a_suggestion

pytestmark = pytest.mark.usefixtures("store")


def events(*types: str) -> list[tuple[str, str]]:
    """Type and subject of the events of some types, in the order they were read."""
    marks = ", ".join("?" * len(types))
    return ledger.execute_sql(
        f"SELECT type, subject_id FROM analytics_event WHERE type IN ({marks}) ORDER BY seq", types
    ).fetchall()


def test_an_entry_is_captured_once_however_often_one_reads() -> None:
    entry = an_entry(PUMP)
    assert [collect(WORKER).events, collect(WORKER).events] == [1, 0]
    assert events("entry_captured") == [("entry_captured", entry.id)]


def test_a_crash_between_reading_and_keeping_repeats_nothing() -> None:
    an_entry(PUMP)
    with pytest.raises(RuntimeError, match="power cut"), database.transaction():
        collect(WORKER)
        raise RuntimeError("power cut")
    assert collect(WORKER).events == 1


def test_every_end_of_a_watch_is_one_event(clock: ShipClock) -> None:
    collect(WORKER)
    clock.advance(hours=24)
    collect(WORKER)
    collect(WORKER)
    assert len(events("watch_ended")) == 6


def test_a_signed_handover_keeps_what_was_not_edited() -> None:
    kept, edited = a_simple_item("Anchor holding."), a_simple_item("Windlass brake slipping.")
    draft_id = a_draft_in_review(contents(kept, edited))
    items = {item.text: item.id for item in draft(draft_id).items().values()}
    officer = a_second_officer().actor
    move(officer, items["Anchor holding."], 2)
    for words in ("Windlass brake slips under load.", "Windlass brake slipping."):
        edit(officer, items["Windlass brake slipping."], words)
    accepted_and_signed(draft_id)
    collect(WORKER)
    assert events("item_kept", "item_edited") == [
        ("item_edited", items["Windlass brake slipping."]),
        ("item_kept", items["Anchor holding."]),
    ]
    assert events("draft_generated", "handover_signed") == [
        ("draft_generated", draft_id), ("handover_signed", draft_id),
    ]  # fmt: skip


def test_a_decline_is_an_event() -> None:
    draft_id = an_accepted_draft()
    decline(a_third_officer().actor, draft_id, reason="The fuel figures differ.")
    collect(WORKER)
    assert events("handover_declined") == [("handover_declined", draft_id)]


def test_resolving_what_was_never_carried_is_no_event() -> None:
    entry = an_entry(PUMP)
    resolve(a_second_officer().actor, entry.id, reason="Replaced.")
    collect(WORKER)
    assert events("item_resolved") == []


def test_a_settled_job_tells_its_kind_and_attempt() -> None:
    job_id = submit(WORKER, "debug", {}).job_id
    job = claim_next("worker-here")
    assert job is not None
    complete(job, dict, Account())
    collect(WORKER)
    (metadata,) = ledger.execute_sql(
        "SELECT metadata FROM analytics_event WHERE type = 'job_settled' AND subject_id = ?",
        (job_id,),
    ).fetchone()
    assert metadata == '{"attempt":1,"kind":"debug"}'


def test_an_entry_made_of_a_suggestion_is_no_further_fault() -> None:
    officer = a_second_officer().actor
    decided = accept(officer, a_suggestion().id).decision
    assert decided is not None and decided.proposal_id is not None
    entry = accept_proposal(officer, decided.proposal_id, text=PUMP)
    collect(WORKER)
    (fault,) = ledger.execute_sql(
        "SELECT json_extract(metadata, '$.fault') FROM analytics_event WHERE source = ?",
        (entry.id,),
    ).fetchone()
    assert fault == ""


def test_a_long_record_is_read_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "AT_ONCE", 2)
    for _ in range(5):
        an_entry(PUMP)
    rounds = [collect(WORKER)]
    while rounds[-1].behind:
        rounds.append(collect(WORKER))
    assert sum(it.events for it in rounds) >= 5 and len(rounds) > 2
    assert len(events("entry_captured")) == 5


def test_a_whole_day_aboard_reads_the_same_however_it_is_cut(
    monkeypatch: pytest.MonkeyPatch, clock: ShipClock
) -> None:
    a_signed_handover()
    clock.advance(hours=4)
    with pytest.raises(RuntimeError, match="undo"), database.transaction():
        collect(WORKER)
        whole = ledger.execute_sql("SELECT type, source FROM analytics_event").fetchall()
        raise RuntimeError("undo")
    monkeypatch.setattr(collecting, "AT_ONCE", 7)
    while collect(WORKER).behind:
        pass
    parts = ledger.execute_sql("SELECT type, source FROM analytics_event").fetchall()
    assert sorted(parts) == sorted(whole)


def test_events_from_before_the_last_pruning_are_not_kept_again(clock: ShipClock) -> None:
    from storage.insights.aggregating import aggregate
    from storage.insights.pruning import prune

    an_entry(PUMP)
    collect(WORKER)
    aggregate(WORKER)
    clock.advance(days=91)
    prune(WORKER)
    clock.at -= timedelta(days=91)
    an_entry("Entered late.")
    collect(WORKER)
    assert events("entry_captured") == []
