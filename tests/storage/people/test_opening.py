"""Wrong PINs: counted, recorded, waited for, and no more of them by trying in parallel."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import database
from storage.audit.views import AuditQuery, count_events, list_events
from storage.errors import LockedOut, NotFound, TryLater, WrongPin
from storage.people import keys, opening
from storage.people.actions import open_key, sign_in
from storage.people.opening import _count_failure, _person_and_key
from storage.people.tables import Person, PersonKey
from storage.people.views import CrewMember, crew_member
from storage.people.waiting import (
    DELAYS_S,
    MAX_PIN_FAILURES,
    STRANDED_DELAY_S,
    Mark,
    seconds_since,
    wait_s,
    wait_words,
)
from tests.builders import a_captain, a_second_officer, an_accepted_draft, countersigned, pin_of
from tests.clock import START, ShipClock
from tests.seals import CHEAP

WRONG = "999998"


def wrong_pins(person: CrewMember, number: int, clock: ShipClock) -> None:
    """Wrong PINs, each after the wait for it."""
    for _ in range(number):
        with pytest.raises((WrongPin, LockedOut)):
            open_key(person.actor, WRONG)
        clock.advance(hours=1)


def test_a_wrong_pin_is_counted_recorded_and_forgotten_after_the_right_one(store: object) -> None:
    officer = a_second_officer()
    for left in (9, 8):
        with pytest.raises(WrongPin, match=f"{left} tries left"):
            open_key(officer.actor, WRONG)
    refused = list_events(AuditQuery(action="person.key_opened"), limit=1)[0]
    assert (refused.outcome, refused.detail) == ("refused", {"code": "wrong_pin", "failures": 2})
    open_key(officer.actor, pin_of(officer))
    assert list_events(limit=1)[0].action == "person.pin_failures_cleared"
    with pytest.raises(WrongPin, match="9 tries left"):
        open_key(officer.actor, WRONG)


def test_each_wrong_pin_after_the_second_makes_one_wait_longer(
    store: object, clock: ShipClock
) -> None:
    officer = a_second_officer()
    for failures in range(1, MAX_PIN_FAILURES):
        with pytest.raises(WrongPin) as wrong:
            open_key(officer.actor, WRONG)
        delay = DELAYS_S[failures]
        assert ("The next one in" in str(wrong.value)) == bool(delay)
        if delay:
            clock.advance(seconds=delay - 1)
            with pytest.raises(TryLater, match=f"in a row so far: {failures}"):
                open_key(officer.actor, pin_of(officer))
        clock.advance(seconds=1)
    assert list(DELAYS_S) == sorted(DELAYS_S)


def test_a_try_before_its_time_is_on_record_and_no_try(store: object, clock: ShipClock) -> None:
    officer = a_second_officer()
    wrong_pins(officer, 2, clock)
    with pytest.raises(WrongPin):
        open_key(officer.actor, WRONG)
    with pytest.raises(TryLater, match="may try again in 5 s"):
        open_key(officer.actor, pin_of(officer))
    event = list_events(limit=1)[0]
    assert (event.action, event.outcome, event.detail["code"]) == (
        "person.key_opened", "refused", "try_later",
    )  # fmt: skip
    assert Person.get_by_id(officer.id).pin_failures == 3


def test_a_clock_that_is_put_forward_shortens_no_wait_and_put_back_lengthens_none(
    store: object, clock: ShipClock
) -> None:
    officer = a_second_officer()
    wrong_pins(officer, 4, clock)
    with pytest.raises(WrongPin):
        open_key(officer.actor, WRONG)
    clock.step(days=30)
    with pytest.raises(TryLater):
        open_key(officer.actor, pin_of(officer))
    clock.step(days=-400)
    clock.advance(seconds=DELAYS_S[5])
    open_key(officer.actor, pin_of(officer))


def test_the_wait_outlives_the_process(store: Path, clock: ShipClock) -> None:
    officer = a_second_officer()
    wrong_pins(officer, 4, clock)
    with pytest.raises(WrongPin):
        open_key(officer.actor, WRONG)
    database.close()
    database.open_store(store, clock=clock)
    with pytest.raises(TryLater):
        open_key(officer.actor, pin_of(officer))


def at(seconds: float, *, boot: str = "first", uptime: float = 0) -> Mark:
    moment = START.fromtimestamp(START.timestamp() + seconds, START.tzinfo)
    return Mark(at=moment, boot=boot, uptime_ms=int(uptime * 1000))


@pytest.mark.parametrize(
    ("last", "now", "gone"),
    [
        (at(0, uptime=50), at(9_999, uptime=57), 7),
        (at(0, uptime=50), at(-9_999, uptime=57), 7),
        (at(0, uptime=50), at(30, boot="second", uptime=3), 30),
        (at(0, uptime=50), at(-9_999, boot="second", uptime=3), 3),
        (at(0, boot="", uptime=50), at(30, boot="", uptime=999), 30),
        (at(0, boot="", uptime=50), at(-30, boot="", uptime=999), 0),
    ],
)
def test_a_wait_is_counted_by_the_machine_and_after_a_restart_by_its_best_witness(
    last: Mark, now: Mark, gone: float
) -> None:
    assert seconds_since(last, now) == gone


def test_waits_are_never_said_shorter_than_they_are() -> None:
    assert [wait_words(s) for s in (0.2, 5, 59.5, 60, 61, 3600, 3601, 86_400)] == [
        "1 s", "5 s", "1 min", "1 min", "2 min", "1 h", "2 h", "24 h",
    ]  # fmt: skip


def test_ten_wrong_pins_lock_a_person_out(store: object, clock: ShipClock) -> None:
    officer = a_second_officer()
    wrong_pins(officer, MAX_PIN_FAILURES - 1, clock)
    with pytest.raises(LockedOut, match="two others aboard can reset"):
        open_key(officer.actor, WRONG)
    assert crew_member(officer.id).is_locked_out
    clock.advance(days=30)
    with pytest.raises(LockedOut):
        sign_in(officer.name, pin_of(officer))
    assert count_events(AuditQuery(action="person.key_opened")) == MAX_PIN_FAILURES + 1


def test_whom_nobody_could_help_waits_a_day_for_each_further_try(
    store: object, clock: ShipClock
) -> None:
    officer = a_second_officer()
    Person.update(pin_failures=MAX_PIN_FAILURES).where(Person.id != officer.id).execute()
    wrong_pins(officer, MAX_PIN_FAILURES - 1, clock)
    with pytest.raises(TryLater, match="in 24 h"):
        open_key(officer.actor, WRONG)
    clock.advance(seconds=STRANDED_DELAY_S - 1)
    with pytest.raises(TryLater, match="in 1 s"):
        sign_in(officer.name, pin_of(officer))
    clock.advance(seconds=1)
    assert sign_in(officer.name, pin_of(officer)) == officer.actor


def test_without_a_wrong_pin_nobody_waits_and_locked_out_is_for_good() -> None:
    assert wait_s(0, None, at(0), stranded=False) == 0
    assert wait_s(MAX_PIN_FAILURES, at(0), at(99_999), stranded=False) is None


def test_what_a_try_found_is_told_to_nobody_once_another_one_was_counted(store: object) -> None:
    """Two processes that looked at the same moment: the second is no try."""
    officer = a_second_officer()
    looked_at, _ = _person_and_key(officer.id)
    with pytest.raises(WrongPin):
        open_key(officer.actor, WRONG)
    with pytest.raises(TryLater, match="a moment"):
        _count_failure(officer.actor, looked_at)
    assert Person.get_by_id(officer.id).pin_failures == 1


@pytest.fixture
def a_ship_of_the_version_before(
    home: Path, clock: ShipClock, a_manned_store: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Keys that are sealed at a lower cost than is usual by now."""
    shutil.copytree(a_manned_store, home)
    database.open_store(home, clock=clock)
    monkeypatch.setattr(keys, "PRESENT", CHEAP._replace(p=2))
    yield home
    database.close()


def test_signing_in_seals_the_same_key_anew_at_the_cost_of_today(
    a_ship_of_the_version_before: Path,
) -> None:
    captain = a_captain()
    for sealed_anew in (True, False):
        sign_in(captain.name, pin_of(captain))
        event = list_events(limit=1)[0]
        assert (event.action, event.detail.get("sealed_anew", False)) == (
            "person.signed_in", sealed_anew,
        )  # fmt: skip
    (row,) = PersonKey.select().where(PersonKey.person == captain.id)
    assert keys.cost_of(row.sealed).p == 2
    assert crew_member(captain.id).public_key == captain.public_key


def test_nobody_opens_the_key_of_somebody_who_never_was(store: object) -> None:
    stranger = a_captain().actor.model_copy(update={"id": "nobody"})
    with pytest.raises(NotFound):
        open_key(stranger, "271828")


def test_nobody_keeps_a_key_once_it_has_signed_or_signed_in(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So an idle console has none to forget: its lock forgets the person."""
    opened, unseal = [], opening.unseal

    def noted(sealed: str, pin: str) -> object:
        opened.append(unseal(sealed, pin))
        return opened[-1]

    monkeypatch.setattr(opening, "unseal", noted)
    countersigned(an_accepted_draft())
    sign_in("Priya Nair", pin_of(a_second_officer()))
    assert len(opened) == 3
    assert {sys.getrefcount(opened[place]) for place in range(3)} == {2}  # the list, and the asking
