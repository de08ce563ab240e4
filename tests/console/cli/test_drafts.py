"""`draft`: from generation to both signatures, by words alone; the fields are those of CLI.md."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import CREW
from tests.console.cli.conftest import CAPTAIN, INCOMING, OUTGOING, RATING, Prepared
from tests.console.cli.program import Eightbells

CopyOf = Callable[[Prepared], Eightbells]

ITEM = {
    "id", "domain", "text", "risk_tags", "confidence", "conflict", "uncertain", "summarised",
    "sources", "carried", "age_days", "count",
}  # fmt: skip


def pin(name: str) -> str:
    return f"{CREW[name][1]}\n"


def answer_everything(ship: Eightbells, draft_id: str) -> None:
    """Every section read, every question answered, by the outgoing officer."""
    shown = ship.json("draft", "read", draft_id, "--as", OUTGOING)
    for proposal in shown["merge_proposals"]:
        ship.json("draft", "answer", proposal["id"], "keep-both", "--as", OUTGOING)
    for concern in shown["conflicts"]:
        ship.json("draft", "acknowledge", concern["id"], "--note", "Seen", "--as", OUTGOING)


def items_of(shown: Any, bucket: str) -> list[Any]:
    return [i for s in shown["sections"] if s["bucket"] == bucket for i in s["items"]]


def test_generate_waits_with_a_worker_of_its_own_and_repeats_nothing(ship: Eightbells) -> None:
    """I6: without new entries nothing is written."""
    for text in ("Bilge pump 3 leaks at the seal", "Radar 2 weak", "Guest in 3 wants no seafood"):
        ship.json("entry", "add", text, "--as", OUTGOING)
    made = ship.json("draft", "generate", "--wait")
    assert set(made) == {"job_id", "draft_id", "created", "reason", "timings_ms"}
    assert made["created"] is True and made["timings_ms"]["total"] >= 0
    assert all(isinstance(ms, int) for ms in made["timings_ms"].values())
    again = ship.json("draft", "generate", "--wait")
    assert (again["draft_id"], again["created"]) == (made["draft_id"], False)
    (listed,) = ship.json("draft", "list")
    assert (listed["id"], listed["state"]) == (made["draft_id"], "DRAFT")
    shown = ship.json("draft", "show", made["draft_id"])
    assert len([i for s in shown["sections"] for i in s["items"] if s["bucket"] != "Command"]) == 3


def test_generate_without_waiting_queues_one_job_and_knows_no_draft(ship: Eightbells) -> None:
    first, second = ship.json("draft", "generate"), ship.json("draft", "generate")
    assert first["job_id"] == second["job_id"] and second["reason"] == "already_active"
    assert first["draft_id"] is None and first["created"] is None


def test_generate_refuses_a_window_that_goes_backwards(shared_ship: Eightbells) -> None:
    window = ("--from", "2026-03-02T00:00:00Z", "--to", "2026-03-01T00:00:00Z")
    said = shared_ship("draft", "generate", *window)
    assert (said.code, said.error) == (1, "bad_input")
    assert shared_ship("draft", "generate", "--from", "today").code == 2


def test_show_has_exactly_the_promised_fields(copy_of: CopyOf, in_review: Prepared) -> None:
    shown = copy_of(in_review).json("draft", "show", in_review.draft_id)
    assert set(shown) == {
        "id", "state", "sections", "merge_proposals", "conflicts", "completeness", "command_stale",
    }  # fmt: skip
    for section in shown["sections"]:
        assert set(section) == {"bucket", "items"}
        for item in section["items"]:
            assert set(item) == ITEM
            assert set(item["sources"]) == {"entries", "events", "documents"}
    (proposal,) = shown["merge_proposals"]
    assert set(proposal) == {"id", "kind", "entries", "items", "score", "answer"}
    assert proposal["kind"] == "duplicate" and proposal["answer"] is None
    for concern in shown["conflicts"]:
        assert set(concern) == {"id", "kind", "entries", "items", "reason", "acknowledged"}
    assert {c["kind"] for c in shown["conflicts"]} == {"conflict", "uncertainty", "planning"}
    for slot in shown["completeness"]:
        assert set(slot) == {"slot", "state", "items"}
    assert {s["state"] for s in shown["completeness"]} == {"stated", "not_covered"}


def test_a_role_changes_the_order_and_nothing_else(copy_of: CopyOf, in_review: Prepared) -> None:
    """I16."""
    ship, draft_id = copy_of(in_review), in_review.draft_id
    plain = ship.json("draft", "show", draft_id)["sections"]
    biased = ship.json("draft", "show", draft_id, "--role", "chief_stew")["sections"]
    assert (plain[0]["bucket"], biased[0]["bucket"]) == ("Command", "Interior")
    assert sorted(map(str, plain)) == sorted(map(str, biased))


def test_one_section_can_be_shown_alone(copy_of: CopyOf, in_review: Prepared) -> None:
    ship, draft_id = copy_of(in_review), in_review.draft_id
    (section,) = ship.json("draft", "show", draft_id, "--section", "Deck")["sections"]
    assert section["bucket"] == "Deck"
    said = ship("draft", "show", draft_id, "--section", "Admin_Compliance")
    assert (said.code, said.error) == (1, "not_found")


def test_reading_prints_a_section_to_its_end_and_marks_it_seen(
    copy_of: CopyOf, in_review: Prepared
) -> None:
    """I11."""
    ship, draft_id = copy_of(in_review), in_review.draft_id
    review = ("draft", "review", draft_id, "--as", OUTGOING)
    before = ship.json(*review)["missing"]
    said = ship("draft", "read", draft_id, "--as", OUTGOING, "--section", "Engineering")
    texts = [item["text"] for item in items_of(ship.json("draft", "show", draft_id), "Engineering")]
    assert said.code == 0 and all(text in said.out for text in texts)
    after = ship.json(*review)["missing"]
    assert set(before) - set(after) == {"section Engineering not read to its end"}


def test_items_are_changed_by_id_or_printed_number(copy_of: CopyOf, in_review: Prepared) -> None:
    ship, draft_id = copy_of(in_review), in_review.draft_id
    item = items_of(ship.json("draft", "show", draft_id), "Engineering")[0]["id"]
    edit = ("draft", "edit", "--as", OUTGOING, "--text")
    assert ship.json(*edit, "Pump out", "2.1")["item"] == item
    assert ship.json(*edit, "Pump out, isolated", item, "--reason", "More")["item"] == item
    shown = items_of(ship.json("draft", "show", draft_id), "Engineering")
    assert shown[0]["text"] == "Pump out, isolated"
    assert "was: Pump out" in ship("draft", "show", draft_id).out
    for nowhere in ("2.99", "no-such-item"):
        assert ship(*edit, "x", nowhere).error == "not_found"


def test_items_move_merge_split_and_leave(copy_of: CopyOf, in_review: Prepared) -> None:
    ship, draft_id = copy_of(in_review), in_review.draft_id

    def texts() -> list[str]:
        shown = ship.json("draft", "show", draft_id)
        return [item["text"] for item in items_of(shown, "Engineering")]

    leak, same, gauge, dip = texts()
    ship.json("draft", "move", "2.4", "--to", "1", "--as", OUTGOING)
    assert texts() == [dip, leak, same, gauge]
    ship.json("draft", "merge", "2.2", "2.3", "--text", "Port bilge pump leaks", "--as", OUTGOING)
    assert texts() == [dip, "Port bilge pump leaks", gauge]
    parts = ship.json("draft", "split", "2.3", "--text", "A", "--text", "B", "--as", OUTGOING)
    assert len(parts["parts"]) == 2 and set(texts()) == {dip, "Port bilge pump leaks", "A", "B"}
    suppress = ("draft", "suppress", "2.1", "--as", OUTGOING, "--reason")
    assert ship(*suppress, "").error == "bad_input"
    ship.json(*suppress, "Settled by dipping")
    assert dip not in texts()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["edit", "1.1", "--text", "Calm"], "not_permitted"),
        (["suppress", "1.1", "--reason", "Calm"], "not_permitted"),
        (["edit", "2.1", "--text", " "], "bad_input"),
        (["edit", "2.1", "--text", "x" * 100_000], "too_long"),
        (["move", "2.1", "--to", "99"], "bad_input"),
        (["merge", "2.1"], "bad_input"),
        (["merge", "2.1", "3.1"], "bad_input"),
        (["split", "2.1", "--text", "one"], "bad_input"),
        (["answer", "no-such", "merge"], "not_found"),
        (["acknowledge", "no-such", "--note", "x"], "not_found"),
        (["review", "no-such"], "not_found"),
        (["read", "no-such"], "not_found"),
    ],
)
def test_changes_that_are_not_allowed_say_why(
    copy_of: CopyOf, in_review: Prepared, words: list[str], code: str
) -> None:
    ship = copy_of(in_review)
    before = ship.json("draft", "show", in_review.draft_id)
    said = ship("draft", *words, "--as", OUTGOING)
    assert (said.code, said.error) == (1, code)
    assert ship.json("draft", "show", in_review.draft_id) == before


def test_proposals_and_concerns_are_answered_once(copy_of: CopyOf, in_review: Prepared) -> None:
    ship, draft_id = copy_of(in_review), in_review.draft_id
    shown = ship.json("draft", "show", draft_id)
    proposal, concern = shown["merge_proposals"][0]["id"], shown["conflicts"][0]["id"]
    answer = ("draft", "answer", proposal, "merge", "--as", OUTGOING)
    acknowledge = ("draft", "acknowledge", concern, "--as", OUTGOING, "--note")
    assert ship(*acknowledge, " ").error == "bad_input"
    for once in (answer, (*acknowledge, "Dipped twice")):
        assert ship(*once).code == 0
        assert ship(*once).error == "wrong_state"
    after = ship.json("draft", "show", draft_id)
    assert after["merge_proposals"][0]["answer"] == "merge"
    assert after["conflicts"][0]["acknowledged"]
    assert ship("draft", "answer", proposal, "perhaps", "--as", OUTGOING).code == 2


def test_accepting_lists_all_that_is_missing(copy_of: CopyOf, in_review: Prepared) -> None:
    """I11."""
    ship = copy_of(in_review)
    accept = ("draft", "accept", in_review.draft_id, "--as", OUTGOING, "--pin-stdin", "--json")
    said = ship(*accept, stdin=pin(OUTGOING))
    assert (said.code, said.error) == (1, "not_ready")
    missing = said.json["error"]["missing"]
    assert "1 merge proposal not answered" in missing and "1 conflict not acknowledged" in missing
    assert "the confirmation is not ticked" in missing
    assert "Eight Bells can make mistakes" in said.err


def test_the_way_to_both_signatures_by_words_alone(copy_of: CopyOf, in_review: Prepared) -> None:
    """I11, I12: with the wrong PIN, the wrong role and the same person on the way."""
    ship, draft_id = copy_of(in_review), in_review.draft_id
    answer_everything(ship, draft_id)
    sheet = ("draft", "accept", draft_id, "--confirm", "--pin-stdin", "--as")
    assert ship(*sheet, RATING, stdin=pin(RATING)).error == "not_permitted"
    assert ship(*sheet, OUTGOING, stdin="000001\n").error == "wrong_pin"
    assert ship(*sheet, OUTGOING, stdin="").error == "bad_input"
    assert ship.json(*sheet, OUTGOING, stdin=pin(OUTGOING))["state"] == "ACCEPTED"
    assert ship("draft", "edit", "2.1", "--text", "x", "--as", OUTGOING).error == "wrong_state"
    assert ship("draft", "regenerate", draft_id, "--wait").error == "wrong_state"

    ship.json("draft", "read", draft_id, "--as", INCOMING)
    spoken = ("--read-back", "2.1=Port pump leaks", "--read-back", "2.2 = The same leak")
    sheet = ("draft", "sign", draft_id, "--confirm", "--pin-stdin", "--as")
    assert ship(*sheet, OUTGOING, *spoken, stdin=pin(OUTGOING)).error == "not_permitted"
    assert ship(*sheet, INCOMING, *spoken[:2], stdin=pin(INCOMING)).error == "not_ready"
    assert ship(*sheet, INCOMING, "--read-back", "2.1", stdin=pin(INCOMING)).error == "bad_input"
    asked = ship(*sheet, INCOMING, *spoken, stdin="000001\n")
    assert asked.error == "wrong_pin" and "to be read back: 2.1" in asked.err
    signed = ship.json(*sheet, INCOMING, *spoken, stdin=pin(INCOMING))
    assert signed["state"] == "SIGNED" and len(signed["document_hash"]) == 64
    assert ship(*sheet, INCOMING, *spoken, stdin=pin(INCOMING)).error == "wrong_state"


def test_a_relief_declines_and_the_outgoing_officer_reopens(
    copy_of: CopyOf, accepted: Prepared
) -> None:
    ship, draft_id = copy_of(accepted), accepted.draft_id
    decline = ("draft", "decline", draft_id, "--reason", "Unfit", "--as")
    reopen = ("draft", "reopen", draft_id, "--reason", "Pump fixed", "--as")
    assert ship(*decline, OUTGOING).error == "not_permitted"
    assert ship(*decline, RATING).error == "not_permitted"
    assert ship(*reopen, INCOMING).error == "not_permitted"
    assert ship.json(*decline, INCOMING)["state"] == "IN_REVIEW"
    assert f"sent back by {INCOMING}" in ship("draft", "show", draft_id).out
    assert ship(*reopen, OUTGOING).error == "wrong_state"
    sheet = ("draft", "accept", draft_id, "--confirm", "--pin-stdin", "--as", OUTGOING)
    assert ship(*sheet, stdin=pin(OUTGOING)).error == "not_ready"
    ship.json("draft", "read", draft_id, "--as", OUTGOING)
    assert ship(*sheet, stdin=pin(OUTGOING)).code == 0
    assert ship.json(*reopen, OUTGOING)["state"] == "IN_REVIEW"


def test_regenerating_keeps_the_draft_and_what_people_did(
    copy_of: CopyOf, in_review: Prepared
) -> None:
    """I7."""
    ship, draft_id = copy_of(in_review), in_review.draft_id
    edited = ship.json("draft", "edit", "2.1", "--text", "Pump isolated", "--as", OUTGOING)["item"]
    made = ship.json("draft", "regenerate", draft_id, "--wait", "--as", CAPTAIN)
    assert made["draft_id"] == draft_id and made["timings_ms"]
    texts = {
        i["id"]: i["text"] for i in items_of(ship.json("draft", "show", draft_id), "Engineering")
    }
    assert texts[edited] == "Pump isolated"


def test_refreshing_command_touches_command_only(copy_of: CopyOf, in_review: Prepared) -> None:
    """I8."""
    ship, draft_id = copy_of(in_review), in_review.draft_id
    before = ship.json("draft", "show", draft_id)["sections"]
    assert ship.json("draft", "refresh-command", draft_id, "--wait")["draft_id"] == draft_id
    after = ship.json("draft", "show", draft_id)["sections"]
    assert [s for s in after if s["bucket"] != "Command"] == before[1:]
