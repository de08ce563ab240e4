"""The console in plain lines: a blind officer hands over a watch with one word a line."""

from collections.abc import Callable

import pytest

from tests.builders import CREW
from tests.console.cli.conftest import INCOMING, OUTGOING, Prepared
from tests.console.cli.program import Eightbells


def talk(ship: Eightbells, *lines: str) -> str:
    """What is answered to these lines, said to the end."""
    said = ship("--plain", stdin="\n".join((*lines, "quit", "")))
    assert said.code == 0, said.err
    assert "Traceback" not in said.err
    return said.out


def pin(name: str) -> str:
    """The PIN of one of the crew."""
    return CREW[name][1]


def signs_in(name: str) -> tuple[str, str, str]:
    """The lines that sign somebody in."""
    return "sign in", name, pin(name)


def test_it_begins_with_where_we_are_and_what_is_next(ship: Eightbells) -> None:
    said = talk(ship)
    assert "Draft: none open." in said
    assert "Next: write down what matters. Say: new entry." in said
    assert said.rstrip().endswith("You have left. Nothing is lost.")


def test_the_end_of_the_input_is_a_way_to_leave(ship: Eightbells) -> None:
    said = ship("console", "--plain", stdin="jobs")
    assert said.code == 0 and "You have left." in said.out


def test_a_watch_is_captured_drafted_reviewed_signed_and_exported_by_words(
    ship: Eightbells,
) -> None:
    said = talk(
        ship,
        *signs_in(OUTGOING),
        *("new entry", "Emergency fire pump makes only 5.1 bar, 6.0 bar required", "yes"),
        *("generate", "handover", "begin review", "accept", "read", "read"),
        *("accept", "yes", pin(OUTGOING)),
        *signs_in(INCOMING),
        *("countersign", "read", "read"),
        *("countersign", "The fire pump is below its pressure", "yes", pin(INCOMING)),
        *("worker --drain", "archive"),
    )
    for sentence in (
        "Filed under Fire Detection & Suppression",
        "Item 2.1. Fire Detection & Suppression. Safety",
        "It cannot be accepted yet.",
        "Missing: section Engineering not read to its end.",
        "Next: accept and sign. Say: accept.",
        "Accepted. Your relief signs in",
        "It cannot be countersigned yet.",
        "Read back item 2.1 in your own words:",
        "Signed. The worker prepares the documents.",
        f"by {OUTGOING} and {INCOMING}.",
        "Files in",
    ):
        assert sentence in said


def test_merges_and_doubts_are_answered_one_after_the_other(
    copy_of: Callable[[Prepared], Eightbells], in_review: Prepared
) -> None:
    ship = copy_of(in_review)
    said = talk(
        ship, *signs_in(OUTGOING), "merges", "keep both", "", "concerns", "Seen", "", "next"
    )
    assert "Open merge, items" in said and "Together they would say:" in said
    assert "Concern, conflict, item" in said
    assert "Taken back; nothing has changed." in said


def test_items_are_reworded_placed_split_and_left_out_by_their_number(
    copy_of: Callable[[Prepared], Eightbells], in_review: Prepared
) -> None:
    ship = copy_of(in_review)
    said = talk(
        ship, *signs_in(OUTGOING),
        *("edit", "2.1", "Port bilge pump seal leaks, watched hourly", "move", "2.1", "soon"),
        *("move", "2.1", "2", "split", "2.2", "Port bilge pump seal leaks", "Watched hourly", ""),
        *("leave out", "2.1", "Settled", "edit", "9.9", "edit", ""),
    )  # fmt: skip
    for sentence in (
        "Item 2.1 is reworded.", "'soon' is no place; say a number.", "Item 2.1 is at place 2 now.",
        "Item 2.2 is now 2 items.", "Item 2.1 is left out.", "9.9",
        "Taken back; nothing has changed.",
    ):  # fmt: skip
        assert sentence in said, said


@pytest.mark.parametrize("place", ["watch", "2", "handover", "jobs", "archive", "audit", "system"])
def test_a_place_is_said_without_a_glyph_a_screen_reader_would_spell(
    copy_of: Callable[[Prepared], Eightbells], signed: Prepared, place: str
) -> None:
    ship = copy_of(signed)
    said = talk(ship, place)
    assert not [c for c in said if c in "▲■●◆▽·✓✗○▶‖│─"]
    assert len(said.splitlines()) > 8


def test_what_cannot_be_done_is_one_sentence_and_the_talk_goes_on(ship: Eightbells) -> None:
    said = talk(ship, "accept", "dance", 'job show "x', "begin review", "help")
    assert "No. Nobody is signed in. Say: sign in." in said
    assert "No. There is no word 'dance'. Say: help, for the words." in said
    assert "That cannot be read: No closing quotation." in said
    assert "countersign: Countersign as the relief" in said


def test_any_command_is_a_word_and_is_done_as_whoever_is_signed_in(ship: Eightbells) -> None:
    said = talk(ship, *signs_in(OUTGOING), 'entry add "Bilge pump 2 leaks"', "entry list", "jobs")
    assert "Bilge pump 2 leaks" in said
    assert OUTGOING in ship("entry", "list", "--json").out


def test_text_that_would_drive_a_terminal_is_written_out(ship: Eightbells) -> None:
    """I17"""
    said = talk(ship, *signs_in(OUTGOING), "new entry", "pump\x1b[2J leaks", "yes", "entries")
    assert "\x1b" not in said and "pump<U+001B>[2J leaks" in said
