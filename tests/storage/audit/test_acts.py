"""I1, I20: every verb writes one event in its own transaction; a refusal is an event too."""

from datetime import timedelta

import pytest

from storage.audit.actions import NEW, act, append, asking
from storage.audit.actor import SYSTEM, WORKER
from storage.audit.views import AuditQuery, count_events, list_events
from storage.database import transaction
from storage.errors import BadInput, EightBellsError, NotReady, StoreError
from tests.builders import a_captain, a_second_officer, an_entry
from tests.clock import START, ShipClock


def test_an_act_says_who_what_when_and_about_what(store: object, clock: ShipClock) -> None:
    clock.advance(minutes=7)
    captain = a_captain().actor
    with act(captain, "test.done", "thing", "T-1", job_id="J-1", trace_id="R-1") as deed:
        deed.detail.update(words="Grüße ⚓", count=3)
    event = list_events(limit=1)[0]
    assert (event.actor_kind, event.actor_id, event.actor_name) == (
        "human", captain.id, captain.name,
    )  # fmt: skip
    assert (event.action, event.outcome) == ("test.done", "done")
    assert (event.subject_kind, event.subject_id) == ("thing", "T-1")
    assert (event.job_id, event.trace_id) == ("J-1", "R-1")
    assert event.at == START + timedelta(minutes=7)
    assert event.detail == {"words": "Grüße ⚓", "count": 3}


def test_an_act_that_makes_its_subject_names_it_afterwards(store: object) -> None:
    with act(SYSTEM, "test.made", "thing") as deed:
        assert deed.subject_id == NEW
        deed.subject_id = "T-2"
    assert list_events(limit=1)[0].subject_id == "T-2"


def test_a_repeat_that_changes_nothing_records_nothing(store: object) -> None:
    before = count_events()
    with act(SYSTEM, "test.done", "thing") as deed:
        deed.unchanged()
    assert count_events() == before


def test_i1_a_refusal_is_recorded_with_its_code_and_its_sentence(store: object) -> None:
    with pytest.raises(NotReady), act(WORKER, "test.done", "thing", "T-3"):
        raise NotReady(["section Deck not read to its end"])
    event = list_events(limit=1)[0]
    assert (event.outcome, event.subject_id) == ("refused", "T-3")
    assert event.detail == {
        "code": "not_ready",
        "why": "Not yet: section Deck not read to its end.",
    }


def test_i1_a_refusal_ahead_of_the_transaction_is_recorded_once(store: object) -> None:
    before = count_events()
    with (
        pytest.raises(BadInput),
        asking(SYSTEM, "test.done", "thing", "T-4"),
        asking(SYSTEM, "test.done", "thing", "T-4"),
    ):
        raise BadInput(why="No.")
    assert count_events() == before + 1


@pytest.mark.parametrize("failure", [RuntimeError, StoreError(why="The disk is gone."), OSError])
def test_a_failure_that_is_no_refusal_leaves_no_trace_in_the_log(
    store: object, failure: Exception | type[Exception]
) -> None:
    before = count_events()
    with pytest.raises((RuntimeError, EightBellsError, OSError)), act(SYSTEM, "test.done", "thing"):
        raise failure
    assert count_events() == before


def test_i20_a_verb_inside_a_verb_adds_its_own_event_and_its_refusal_is_the_outer_ones(
    store: object,
) -> None:
    with act(SYSTEM, "outer.done", "thing"), act(WORKER, "inner.done", "thing"):
        pass
    assert [event.action for event in list_events(limit=2)] == ["outer.done", "inner.done"]
    with (
        pytest.raises(BadInput),
        act(SYSTEM, "outer.done", "thing"),
        act(WORKER, "inner.done", "thing"),
    ):
        raise BadInput(why="No.")
    newest = list_events(limit=2)
    assert [(event.action, event.outcome) for event in newest] == [
        ("outer.done", "refused"),
        ("outer.done", "done"),
    ]


def test_i20_the_event_and_the_change_commit_together_or_not_at_all(store: object) -> None:
    before = count_events()
    with pytest.raises(RuntimeError), transaction():
        append(SYSTEM, "test.done", "thing", "T-5", {})
        raise RuntimeError
    assert count_events() == before


def test_a_floating_point_number_cannot_enter_the_log(store: object) -> None:
    before = count_events()
    with pytest.raises(ValueError, match="floating-point"), act(SYSTEM, "test.done", "x") as deed:
        deed.detail["share"] = 0.5
    assert count_events() == before


def test_the_log_is_listed_newest_first_by_page_and_by_filter(
    store: object, clock: ShipClock
) -> None:
    before = count_events()
    for number in range(5):
        clock.advance(minutes=1)
        an_entry(f"Round {number}: all dry.")
    officer = a_second_officer()
    first = list_events(limit=2)
    rest = list_events(before=first[-1].seq, limit=3)
    assert [event.seq for event in first + rest] == list(range(before + 5, before, -1))
    for named in (officer.name, officer.id):
        assert count_events(AuditQuery(actor=named, action="entry.")) == 5
    last_two = AuditQuery(action="entry.", since=START + timedelta(minutes=4))
    assert count_events(last_two) == 2
    assert count_events(AuditQuery(action="entry.", until=START + timedelta(minutes=4))) == 3
    assert count_events(AuditQuery(subject=first[0].subject_id)) == 1
    assert count_events(AuditQuery(job="no such job")) == 0


def test_a_clock_that_is_put_back_does_not_break_the_chain(store: object, clock: ShipClock) -> None:
    an_entry("Before the step.")
    clock.step(hours=-9)
    an_entry("After the step.")
    newest, older = list_events(limit=2)
    assert newest.seq == older.seq + 1
    assert newest.at < older.at
