"""`crew`: wrong PINs, a PIN that is reset by two, one's own PIN and key, coming and going."""

from tests.builders import CREW
from tests.console.cli.conftest import CAPTAIN, OUTGOING, RATING
from tests.console.cli.program import Eightbells

NEW, OTHER = "490877", "925073"


def pin(name: str) -> str:
    return CREW[name][1]


def person(ship: Eightbells, name: str) -> dict[str, object]:
    return next(p for p in ship.json("crew", "list") if p["name"] == name)


def adding_opens(ship: Eightbells, name: str, given: str) -> str:
    """What becomes of a verb that opens this officer's key with the PIN that is given."""
    add = ("crew", "add", f"Of {given}", "--role", "eto", "--as", name, "--pin-stdin")
    said = ship(*add, stdin=f"{given}\n{OTHER}\n")
    return said.error if said.code else ""


def test_a_pin_is_reset_by_one_who_proposes_and_one_who_confirms(ship: Eightbells) -> None:
    before = person(ship, OUTGOING)["public_key"]
    reset = ("crew", "reset-pin", OUTGOING, "--as", CAPTAIN, "--pin-stdin")
    assert ship.json(*reset, stdin=f"{pin(CAPTAIN)}\n")["reset_proposed_by"] == CAPTAIN
    assert f"new PIN proposed by {CAPTAIN}" in ship("crew", "list").out
    confirm = ("crew", "confirm-reset", OUTGOING, "--pin-stdin", "--as")
    alone = ship(*confirm, CAPTAIN, stdin=f"{pin(CAPTAIN)}\n{NEW}\n")
    assert (alone.code, alone.error) == (1, "not_permitted")
    own = ship(*confirm, OUTGOING, stdin=f"{pin(OUTGOING)}\n{NEW}\n")
    assert (own.code, own.error) == (1, "not_permitted")
    after = ship.json(*confirm, RATING, stdin=f"{pin(RATING)}\n{NEW}\n")
    assert after["public_key"] != before
    assert adding_opens(ship, OUTGOING, pin(OUTGOING)) == "wrong_pin"
    assert adding_opens(ship, OUTGOING, NEW) == ""


def test_one_person_is_shown_with_pin_keys_rights_and_when_they_were_last_seen(
    ship: Eightbells,
) -> None:
    shown = ship.json("crew", "show", RATING)
    assert shown["wrong_pins"] == 0 and shown["wait_s"] == 0 and len(shown["keys"]) == 1
    said = ship("crew", "show", CAPTAIN).out
    assert "in use, joined the crew" in said and "countersign a handover" in said
    assert ship("crew", "show", "Nobody").error == "not_found"


def test_two_who_stand_by_reset_a_pin_at_once(ship: Eightbells) -> None:
    pins = f"{pin(CAPTAIN)}\n{pin(RATING)}\n{NEW}\n"
    reset = ("crew", "reset-pin", OUTGOING, "--as", CAPTAIN, "--with", RATING, "--pin-stdin")
    assert ship.json(*reset, stdin=pins)["reset_proposed_by"] is None
    assert adding_opens(ship, OUTGOING, NEW) == ""


def test_a_proposed_pin_is_withdrawn(ship: Eightbells) -> None:
    reset = ("crew", "reset-pin", OUTGOING, "--as", CAPTAIN, "--pin-stdin")
    assert ship(*reset, stdin=f"{pin(CAPTAIN)}\n").code == 0
    withdraw = ("crew", "withdraw-reset", OUTGOING, "--as", RATING)
    assert ship.json(*withdraw)["reset_proposed_by"] is None
    assert ship(*withdraw).error == "not_found"


def test_wrong_pins_make_one_wait_and_say_how_long(ship: Eightbells) -> None:
    said = [
        ship("crew", "rotate-key", "--as", OUTGOING, "--pin-stdin", stdin="111222\n")
        for _ in range(4)
    ]
    assert [one.error for one in said] == ["wrong_pin"] * 3 + ["try_later"]
    assert "The next one in 5 s." in said[2].err
    assert "may try again in" in said[3].err
    (refused, *_) = ship.json("audit", "list", "--action", "person.key_opened")
    assert refused["outcome"] == "refused"


def test_one_changes_ones_own_pin_and_keeps_the_key(ship: Eightbells) -> None:
    before = person(ship, OUTGOING)["public_key"]
    change = ("crew", "change-pin", "--as", OUTGOING, "--pin-stdin")
    assert ship(*change, stdin=f"{pin(OUTGOING)}\n123456\n").error == "bad_input"
    assert ship.json(*change, stdin=f"{pin(OUTGOING)}\n{NEW}\n")["public_key"] == before
    assert adding_opens(ship, OUTGOING, NEW) == ""


def test_keys_are_listed_with_when_each_was_good(ship: Eightbells) -> None:
    rotate = ("crew", "rotate-key", "--as", OUTGOING, "--pin-stdin")
    after = ship.json(*rotate, stdin=f"{pin(OUTGOING)}\n")
    old, new = ship.json("crew", "keys", OUTGOING)
    assert (old["ended_why"], new["public_key"]) == ("rotated", after["public_key"])
    assert "replaced by its owner" in ship("crew", "keys", OUTGOING).out


def test_who_leaves_is_told_what_stays_open_and_may_come_back(ship: Eightbells) -> None:
    assert ship("job", "submit", "debug", "--as", RATING).code == 0
    leave = ("crew", "leave", RATING, "--as", CAPTAIN, "--pin-stdin")
    left = ship.json(*leave, stdin=f"{pin(CAPTAIN)}\n")
    assert left["left_at"] and not left["is_active"]
    assert [work["kind"] for work in left["open_work"]] == ["job"]
    assert ship("entry", "add", "Still here.", "--as", RATING).error == "not_found"
    rejoin = ("crew", "rejoin", RATING, "--as", CAPTAIN, "--role", "bosun", "--pin-stdin")
    back = ship.json(*rejoin, stdin=f"{pin(CAPTAIN)}\n")
    assert (back["role"], back["has_key"]) == ("bosun", False)
    assert "no PIN yet" in ship("crew", "list").out


def test_an_auditor_reads_and_writes_nothing(ship: Eightbells) -> None:
    add = ("crew", "add", "Noor Haddad", "--role", "auditor", "--as", CAPTAIN, "--pin-stdin")
    assert ship(*add, stdin=f"{pin(CAPTAIN)}\n{NEW}\n").code == 0
    said = ship("entry", "add", "I was here.", "--as", "Noor Haddad")
    assert (said.error, "change nothing" in said.err) == ("not_permitted", True)
    assert ship("job", "submit", "debug", "--as", "Noor Haddad").error == "not_permitted"
