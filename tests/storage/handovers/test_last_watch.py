"""What is new to a person since their last watch, and the filter that finds exactly that."""

from storage.entries.actions import flag, resolve
from storage.entries.corrections import decide
from storage.entries.filters import read_filter
from storage.entries.states import Decision
from storage.entries.views import EntryQuery, list_entries
from storage.handovers.last_watch import About, LastWatch, last_watch
from storage.people.actions import sign_in
from storage.people.views import CrewMember
from tests.builders import (
    a_captain,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    an_entry,
    pin_of,
)
from tests.clock import ShipClock
from tests.console.app.jobs import a_failed_job, a_worker
from tests.contents import contents


def told(watch: LastWatch | None) -> dict[str, int]:
    """What is told, where it is anything at all."""
    assert watch is not None
    return {f"{news.about} {news.words}": news.count for news in watch.news if news.count}


def signed_in(person: CrewMember) -> None:
    sign_in(person.name, pin_of(person))


def test_somebody_who_was_never_here_is_told_nothing(store: object) -> None:
    officer = a_second_officer()
    assert last_watch(officer.id) is None
    signed_in(officer)
    assert last_watch(officer.id) is None


def test_it_counts_from_the_last_signature_of_that_person(store: object, clock: ShipClock) -> None:
    old = an_entry("Port bilge pump leaks.")
    a_signed_handover(contents(a_simple_item()))
    clock.advance(hours=8)
    new = an_entry("Windlass brake slips.")
    resolve(a_second_officer().actor, old.id, reason="Seal replaced.")
    with a_worker():
        a_failed_job()
    found = last_watch(a_third_officer().id)
    assert told(found) == {
        "entries new": 1, "entries settled or suppressed": 1, "jobs failed": 1,
    }  # fmt: skip
    assert found is not None
    assert found.then == "signed EB-00001"
    asked = next(n.filter for n in found.news if n.about is About.ENTRIES and n.words == "new")
    assert [e.id for e in list_entries(EntryQuery(where=read_filter(asked)))] == [new.id]


def test_without_a_signature_it_counts_from_the_sign_in_before_the_last(
    store: object, clock: ShipClock
) -> None:
    captain = a_captain()
    signed_in(captain)
    clock.advance(hours=4)
    entry = an_entry("Windlass brake slips.")
    flag(a_second_officer().actor, entry.id, reason="The engine.", suggested_domain="ENG-01")
    decide(captain.actor, entry.id, Decision.ACCEPTED, reason="Yes.", domain="ENG-01")
    a_signed_handover(contents(a_simple_item()))
    signed_in(captain)
    found = last_watch(captain.id)
    assert told(found) == {
        "entries new": 2, "entries filed anew": 1, "entries with a flag decided": 1,
        "handovers signed": 1,
    }  # fmt: skip
    assert found is not None
    assert found.then == "signed in"
