"""`crew` and `vessel`: who may do what, with PINs that never are arguments."""

from pathlib import Path

import pytest

from tests.builders import CREW
from tests.console.cli.conftest import CAPTAIN, OUTGOING, RATING
from tests.console.cli.program import Eightbells


def pin(name: str) -> str:
    return CREW[name][1]


@pytest.fixture
def empty_ship(home) -> Eightbells:  # type: ignore[no-untyped-def]
    new = Eightbells(home)
    assert new("init", "--vessel", "Aurora").code == 0
    return new


def test_the_first_of_the_crew_needs_no_sign_in_and_administers(empty_ship: Eightbells) -> None:
    first = empty_ship.json("crew", "add", "Mara", "--role", "captain", "--pin-stdin",
                            stdin="276914\n")  # fmt: skip
    assert first["is_admin"] and first["role"] == "captain"
    assert "276914" not in str(empty_ship.json("audit", "list"))


def test_the_first_of_the_crew_is_an_officer(empty_ship: Eightbells) -> None:
    said = empty_ship("crew", "add", "Sam", "--role", "deckhand", "--pin-stdin", stdin="276914\n")
    assert (said.code, said.error) == (1, "not_permitted")
    assert empty_ship.json("crew", "list") == []


def test_an_empty_crew_list_says_what_to_do(empty_ship: Eightbells) -> None:
    assert "crew add" in empty_ship("crew", "list").out


def test_an_officer_adds_the_next_with_two_pins_on_two_lines(ship: Eightbells) -> None:
    pins = f"{pin(CAPTAIN)}\n925073\n"
    added = ship.json("crew", "add", "Jonas Weiß", "--role", "eto", "--as", CAPTAIN, "--pin-stdin",
                      stdin=pins)  # fmt: skip
    assert not added["is_admin"] and added["name"] in [p["name"] for p in ship.json("crew", "list")]


@pytest.mark.parametrize(
    ("words", "stdin", "code"),
    [
        (["Eve", "--role", "eto"], "925073\n925073\n", "not_permitted"),
        (["Eve", "--role", "eto", "--as", RATING], f"{pin(RATING)}\n925073\n", "not_permitted"),
        (["Eve", "--role", "eto", "--as", "Nobody"], "925073\n925073\n", "not_found"),
        (["Eve", "--role", "eto", "--as", CAPTAIN], "000001\n925073\n", "wrong_pin"),
        (["Eve", "--role", "eto", "--as", CAPTAIN], f"{pin(CAPTAIN)}\n", "bad_input"),
        (["Eve", "--role", "eto", "--as", CAPTAIN], "", "bad_input"),
        (["Eve", "--role", "eto", "--as", CAPTAIN], f"{pin(CAPTAIN)}\n123456\n", "bad_input"),
        (["Eve", "--role", "eto", "--as", CAPTAIN], f"{pin(CAPTAIN)}\n92507\n", "bad_input"),
        (["Eve", "--role", "pilot", "--as", CAPTAIN], f"{pin(CAPTAIN)}\n925073\n", "bad_input"),
        ([OUTGOING, "--role", "eto", "--as", CAPTAIN], f"{pin(CAPTAIN)}\n925073\n",
         "already_exists"),
        (["E\x1bve", "--role", "eto", "--as", CAPTAIN], f"{pin(CAPTAIN)}\n925073\n", "bad_input"),
    ],
)  # fmt: skip
def test_adding_crew_is_refused_with_its_reason(
    shared_ship: Eightbells, words: list[str], stdin: str, code: str
) -> None:
    said = shared_ship("crew", "add", *words, "--pin-stdin", stdin=stdin)
    assert (said.code, said.error) == (1, code)
    assert len(shared_ship.json("crew", "list")) == len(CREW)


def test_without_a_terminal_or_pin_stdin_no_pin_is_read(shared_ship: Eightbells) -> None:
    said = shared_ship("crew", "add", "Eve", "--role", "eto", "--as", CAPTAIN, stdin="925073\n")
    assert said.error == "bad_input" and "--pin-stdin" in said.err


def test_a_person_is_named_by_name_in_any_case_or_by_id(ship: Eightbells) -> None:
    captain = next(p for p in ship.json("crew", "list") if p["name"] == CAPTAIN)
    for named in (captain["id"], CAPTAIN.upper()):
        entry = ship.json("entry", "add", "Anchor light out.", "--as", named)
        assert entry["author"] == CAPTAIN


def test_the_vessels_clocks_go_east_and_west(ship: Eightbells) -> None:
    assert ship.json("vessel", "set-offset", "+03:00")["offset_minutes"] == 180
    assert ship.json("vessel", "set-offset", "-03:30", "--as", CAPTAIN)["offset_minutes"] == -210
    assert "UTC-3:30" in ship("vessel", "show").out
    assert ship("vessel", "set-offset", "later").error == "bad_input"


def test_a_watch_bill_goes_once_round_the_clock(ship: Eightbells) -> None:
    bill = ship.json("vessel", "watch-bill", "0000-0600", "0600-1800", "1800-2400")["watch_bill"]
    assert [w["start"] for w in bill] == ["0000", "0600", "1800"]
    for wrong in (["0000-0600"], ["0000-0600", "0500-0000"], ["0-6", "6-0"], ["noon"]):
        assert ship("vessel", "watch-bill", *wrong).error == "bad_input"


def test_the_ships_own_names_are_posted_shown_and_read_with(
    ship: Eightbells, tmp_path: Path
) -> None:
    file = tmp_path / "equipment.toml"
    file.write_text('[equipment]\n"the Beast" = "ENG-02"\n')
    post = ("vessel", "equipment", str(file), "--as")
    assert "No names are posted" in ship("vessel", "equipment").out
    assert ship(*post, RATING).error == "not_permitted"
    assert ship(*post[:-1]).error == "not_permitted"
    posted = ship.json(*post, CAPTAIN)
    assert (posted["version"], posted["names"]) == (1, {"the Beast": "ENG-02"})
    assert "1 name of equipment, version 1" in ship("vessel", "show").out
    vessel = ship.json("vessel", "show")
    assert (vessel["equipment_version"], vessel["equipment_names"]) == (1, 1)
    assert ship.json("entry", "classify", "The Beast coughs")["primary_domain"] == "ENG-02"
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"text": "The Beast coughs"}\n')
    found = ship.json("entry", "classify", "--file", str(lines))
    assert found[0]["primary_domain"] == "ENG-02"
    file.write_text('[equipment]\n\n"the Beast" = "ENG-2"\n')
    said = ship(*post, CAPTAIN)
    assert said.error == "bad_input" and "(at line 3)" in said.err
    assert ship("vessel", "equipment", "nowhere.toml", "--as", CAPTAIN).error == "not_found"
