"""Whatever the command line is given: one sentence and a code, and nothing drives the terminal."""

import json
import re
import shutil
from pathlib import Path

import pytest

from storage import database
from tests.builders import an_entry, an_event
from tests.console.cli.program import Eightbells, Said
from tests.hostile import ESCAPES

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]")
NOT_TEXT, HUGE, LONG = "\udcff", "9" * 40, "a" * 5_000

REFUSED: dict[str, tuple[str, ...]] = {
    "a number no store can hold": ("audit", "list", "--filter", f"seq>{HUGE}"),
    "a number no list can have": ("entry", "list", "--limit", HUGE),
    "a time before all ships": ("entry", "list", "--since", "0001-01-01T00:00:00+14:00"),
    "an id that is no text": ("entry", "show", NOT_TEXT),
    "a reason that is no text": (
        "entry", "resolve", "x", "--reason", NOT_TEXT, "--as", "Priya Nair",
    ),
    "an id that drives terminals": ("entry", "show", ESCAPES.replace("\x00", "")),
    "an option that drives terminals": ("stats", "--\x1b]52;c;QUJD\x07"),
    "a noun that drives terminals": ("\x1b[2J",),
    "an argument nested too deep": (
        "job", "submit", "sleep", "--arg", "seconds=" + "[" * 9_000,
    ),
    "a file with an endless name": ("entry", "import", LONG, "--as", "Priya Nair"),
    "a device that never ends": ("manifest", "show", "/dev/zero"),
    "a device to dispatch": ("manifest", "dispatch", "/dev/zero"),
    "a device to import": ("entry", "import", "/dev/zero", "--as", "Priya Nair"),
    "a device to verify": ("verify", "/dev/zero"),
    "a folder for a file": ("evidence", "add-document", "/"),
    "a place for no file": ("audit", "export", "/nowhere/log.jsonl"),
}  # fmt: skip


def is_one_sentence(said: Said, codes: set[int]) -> bool:
    assert said.code in codes, said
    assert said.error not in {"unexpected", "error"}, said.err
    return not ACTING.search(said.out + said.err)


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_in_one_sentence(
    shared_ship: Eightbells, words: tuple[str, ...]
) -> None:
    assert is_one_sentence(shared_ship(*words), {1, 2})


@pytest.mark.parametrize("place", ["/proc/ship", "/dev/null", LONG])
def test_a_store_that_cannot_be_is_refused_in_one_sentence(
    shared_ship: Eightbells, place: str
) -> None:
    assert is_one_sentence(shared_ship("stats", "--home", place), {1, 3})
    assert is_one_sentence(shared_ship("init", "--vessel", "x", "--home", place), {1, 3})


def test_i17_stored_text_drives_no_terminal_whoever_prints_it(
    home: Path, a_manned_store: Path
) -> None:
    """In JSON it is escaped: to a program the same characters, to a terminal none."""
    shutil.copytree(a_manned_store, home)
    database.open_store(home)
    entry = an_entry(ESCAPES, event_ids=[an_event(text=ESCAPES)])
    database.close()
    ship = Eightbells(home)
    for words in (
        ("entry", "list"), ("entry", "show", entry.id), ("evidence", "list"), ("audit", "list"),
        ("trace", entry.id), ("entry", "classify", ESCAPES.replace("\x00", "")),
    ):  # fmt: skip
        for said in (ship(*words), ship(*words, "--json")):
            assert said.code == 0, said.err
            assert not ACTING.search(said.out + said.err), words
    (shown,) = [one for one in ship.json("entry", "list") if one["id"] == entry.id]
    assert shown["narrative"] == ESCAPES
    assert json.dumps(ESCAPES) not in ship("entry", "list").out


def test_a_file_whose_name_is_no_text_is_kept_as_evidence(
    shared_ship: Eightbells, tmp_path: Path
) -> None:
    odd = tmp_path / "report-\udcff\x1b[2J.txt"
    odd.write_text("Seal worn.")
    said = shared_ship("evidence", "add-document", str(odd), "--json")
    assert said.code == 0, said.err
    assert said.json["name"] == "report-\\xff\x1b[2J.txt"
    assert not ACTING.search(shared_ship("evidence", "list").out)
