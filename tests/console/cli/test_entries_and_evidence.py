"""`entry`, `proposal` and `evidence`: the fields of CLI.md, and input that cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.console.cli.conftest import CAPTAIN, OUTGOING, RATING
from tests.console.cli.program import Eightbells, run

CORRECTED = {"by", "at", "reason", "original"}
CLASSIFICATION = {
    "primary_domain", "secondary_domains", "bucket", "risk_tags", "owner_roles",
    "confidence", "reasons", "runner_up", "planning",
}  # fmt: skip
FAULT = {
    "event_id": "EV-7",
    "type": "fault_logged",
    "at": "2026-03-01T03:00:00Z",
    "source": "alarm system",
    "asset": "Bilge pump 3",
    "text": "Bilge pump 3 tripped",
}
READING = {"event_id": "EV-8", "type": "reading", "at": "2026-03-01T03:10:00+02:00"}


def a_file(folder: Path, name: str, *lines: Any) -> str:
    path = folder / name
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n")
    return str(path)


def test_classify_needs_no_store_and_gives_its_reasons() -> None:
    said = run("entry", "classify", "Passerelle control panel fault, ETO repairing", "--json")
    assert said.code == 0 and set(said.json) == CLASSIFICATION
    assert said.json["primary_domain"] == "DECK-01" and said.json["bucket"] == "Deck"
    assert "ETO-03" in said.json["secondary_domains"] and said.json["reasons"]


def test_classify_answers_a_file_in_line_order_each_with_its_id(
    shared_ship: Eightbells, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "t.jsonl", {"id": "b", "text": "Guest Wi-Fi slow"},
                  {"text": "Chiller 2 tripped"}, {"id": 7, "text": ""})  # fmt: skip
    found = shared_ship.json("entry", "classify", "--file", file)
    assert [line["id"] for line in found] == ["b", None, 7]
    assert all(set(line) == CLASSIFICATION | {"id"} for line in found)
    assert found[0]["primary_domain"] == "ETO-02"


def test_classify_refuses_a_file_with_a_line_without_text(
    shared_ship: Eightbells, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "t.jsonl", {"id": 1, "text": "ok"}, {"id": 2}, "{broken")
    said = shared_ship("entry", "classify", "--file", file, "--json")
    assert [bad["line"] for bad in said.json["error"]["rejected"]] == [2, 3]


def test_an_entry_is_kept_word_for_word_with_its_evidence(
    shared_ship: Eightbells, tmp_path: Path
) -> None:
    events = a_file(tmp_path, "e.jsonl", READING | {"event_id": "EV-20"})
    shared_ship.json("evidence", "import-events", events)
    document = shared_ship.json("evidence", "add-document", events)["id"]
    text = "  Watermaker No 1 makes 300 l/h only  "
    made = shared_ship.json(
        "entry", "add", text, "--as", OUTGOING, "--event", "EV-20", "--document", document
    )
    shown = shared_ship.json("entry", "show", made["id"])
    assert shown["narrative"] == text and shown["event_ids"] == ["EV-20"]
    assert shown["document_ids"] == [document] and shown["status"] == "candidate"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["", "--as", OUTGOING], "bad_input"),
        ([" \n\t ", "--as", OUTGOING], "bad_input"),
        (["x" * 100_000, "--as", OUTGOING], "too_long"),
        (["Anchor light out", "--as", "Nobody"], "not_found"),
        (["Anchor light out", "--as", OUTGOING, "--event", "EV-404"], "not_found"),
        (["Anchor light out", "--as", OUTGOING, "--document", "D-404"], "not_found"),
    ],
)
def test_an_entry_that_cannot_be_kept_is_refused(
    shared_ship: Eightbells, words: list[str], code: str
) -> None:
    before = shared_ship.json("entry", "list")
    said = shared_ship("entry", "add", *words)
    assert (said.code, said.error) == (1, code) and len(said.err) < 1000
    assert shared_ship.json("entry", "list") == before


def test_an_import_gives_ids_in_line_order(ship: Eightbells, tmp_path: Path) -> None:
    radar = {"text": "Radar 2 weak", "by": "Ida", "role": "eto"}
    fender = {"text": "Fender lost", "at": "2026-03-01T03:52:00+02:00", "berth": 7}
    file = a_file(tmp_path, "e.jsonl", radar, "", fender)
    report = ship.json("entry", "import", file, "--as", OUTGOING)
    assert set(report) == {"imported", "ids", "rejected"}
    assert report["imported"] == 2 and report["rejected"] == []
    first, second = (ship.json("entry", "show", entry_id) for entry_id in report["ids"])
    assert (first["author"], first["role"]) == ("Ida", "eto")
    assert second["created_at"] == "2026-03-01T01:52:00Z" and second["context"] == {"berth": 7}


def test_csv_has_the_same_columns(ship: Eightbells, tmp_path: Path) -> None:
    file = a_file(tmp_path, "e.csv", "text,by,at", '"Radar 2 weak, again",Ida,2026-03-01T03:52Z')
    (entry_id,) = ship.json("entry", "import", file, "--as", OUTGOING)["ids"]
    assert ship.json("entry", "show", entry_id)["narrative"] == "Radar 2 weak, again"


BAD_LINES = (
    {"text": "Radar 2 weak"}, "{not json", '["list"]', {"by": "no text"}, {"text": "  "},
    {"text": "x" * 100_000}, {"text": "no zone", "at": "2026-03-01T03:52"},
    {"text": "unknown event", "event_ids": ["EV-404"]}, '{"text": "half \\ud800"}',
)  # fmt: skip
BAD_CODES = ["bad_input"] * 4 + ["too_long", "bad_input", "not_found", "bad_input"]


def test_one_bad_line_stops_an_import_and_every_bad_line_is_numbered(
    ship: Eightbells, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "e.jsonl", *BAD_LINES)
    said = ship("entry", "import", file, "--as", OUTGOING, "--json")
    assert (said.code, said.error) == (1, "bad_lines")
    rejected = said.json["error"]["rejected"]
    assert [bad["line"] for bad in rejected] == list(range(2, 10))
    assert [bad["code"] for bad in rejected] == BAD_CODES
    assert [line.split(":")[0] for line in said.err.splitlines()[1:]] == [
        f"  line {number}" for number in range(2, 10)
    ]
    assert ship.json("entry", "list") == []


def test_a_file_of_another_sort_altogether_does_not_flood_the_terminal(
    shared_ship: Eightbells, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "e.jsonl", *({"number": n} for n in range(300)))
    said = shared_ship("entry", "import", file, "--as", OUTGOING)
    assert len(said.err.splitlines()) == 22 and "and 280 more" in said.err
    told = shared_ship("entry", "import", file, "--as", OUTGOING, "--json").json
    assert len(told["error"]["rejected"]) == 300


def test_keep_going_leaves_only_the_bad_lines_out(ship: Eightbells, tmp_path: Path) -> None:
    file = a_file(tmp_path, "e.jsonl", *BAD_LINES)
    report = ship.json("entry", "import", file, "--as", OUTGOING, "--keep-going")
    assert report["imported"] == 1 and len(report["rejected"]) == 8
    assert set(report["rejected"][0]) == {"line", "code", "message"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("e.txt", "text", "bad_input"), ("e.jsonl", "\n\n", "bad_input"), ("e.csv", "", "bad_input")],
)
def test_a_file_of_another_kind_or_without_lines_is_refused(
    shared_ship: Eightbells, tmp_path: Path, name: str, data: str, code: str
) -> None:
    said = shared_ship("entry", "import", a_file(tmp_path, name, data), "--as", OUTGOING)
    assert (said.code, said.error) == (1, code)


def test_a_file_that_is_not_there_is_named(shared_ship: Eightbells) -> None:
    for words in (["entry", "import", "no.jsonl", "--as", OUTGOING],
                  ["evidence", "import-events", "no.csv"],
                  ["evidence", "add-document", "no.pdf"]):  # fmt: skip
        said = shared_ship(*words)
        assert (said.code, said.error) == (1, "not_found") and "no." in said.err


def test_entries_are_listed_newest_first_with_filters(ship: Eightbells, tmp_path: Path) -> None:
    file = a_file(tmp_path, "e.jsonl",
                  {"text": "Guest Wi-Fi slow", "by": "Ida", "at": "2026-03-01T01:00:00Z"},
                  {"text": "Fire pump tested", "at": "2026-03-01T02:00:00Z"})  # fmt: skip
    first, second = ship.json("entry", "import", file, "--as", OUTGOING)["ids"]

    def ids(*filters: str) -> list[str]:
        return [entry["id"] for entry in ship.json("entry", "list", *filters)]

    assert ids() == [second, first] and ids("--limit", "1") == [second]
    assert ids("--author", "Ida") == ids("--text", "wi-fi") == ids("--domain", "ETO-02") == [first]
    assert ids("--since", "2026-03-01T03:30:00+02:00") == [second]
    assert ids("--bucket", "ETO_AVIT", "--status", "candidate") == [first]
    assert ids("--status", "resolved") == []
    assert ids("--filter", "wi-fi or pump") == [second, first]
    assert ids("--filter", "-author:Ida") == [second]
    assert ship("entry", "list", "--filter", "auther:Ida").error == "bad_input"
    assert "1 of 2 matching" in ship("entry", "list", "--limit", "1").out


def test_marks_and_flags_carry_a_person_and_a_reason(ship: Eightbells) -> None:
    first, second = (
        ship.json("entry", "add", text, "--as", OUTGOING)["id"] for text in ("Fender lost", "Leak")
    )
    resolved = ship.json("entry", "resolve", first, "--as", RATING, "--reason", "Found again")
    assert resolved["status"] == "resolved" and resolved["marks"][0]["by"] == RATING
    again = ship("entry", "suppress", first, "--as", RATING, "--reason", "Twice")
    assert (again.code, again.error) == (1, "wrong_state")
    flag = ("entry", "flag", second, "--as", RATING, "--reason")
    flagged = ship.json(*flag, "It was the chiller", "--domain", "ENG-04")
    assert flagged["classification_flagged"]
    assert flagged["corrections"][0]["suggested_domain"] == "ENG-04"
    assert ship(*flag, " ").error == "bad_input"
    assert ship(*flag, "To Command", "--domain", "CMD-01").error == "bad_input"
    assert ship("entry", "suppress", "no-such", "--as", RATING, "--reason", "x").error == (
        "not_found"
    )


def test_all_that_match_are_settled_if_they_are_as_many_as_was_counted(ship: Eightbells) -> None:
    for text in ("Fender lost", "Fender worn", "Leak"):
        ship.json("entry", "add", text, "--as", OUTGOING)
    resolve = ("entry", "resolve", "--as", RATING, "--reason", "Found again")
    assert ship(*resolve).error == ship(*resolve, "--filter", "fender").error == "bad_input"
    grown = ship(*resolve, "--filter", "fender", "--expect", "1")
    assert (grown.code, grown.error) == (1, "grown") and "2 match now" in grown.err
    done = ship.json(*resolve, "--filter", "fender", "--expect", "2")
    assert done == {"done": 2, "refused": 0, "why": ""}
    assert len(ship.json("entry", "list", "--status", "resolved")) == 2


def test_events_propose_entries_and_a_person_decides(ship: Eightbells, tmp_path: Path) -> None:
    file = a_file(tmp_path, "e.jsonl", FAULT, READING, FAULT | {"event_id": "EV-9"})
    report = ship.json("evidence", "import-events", file)
    assert (report["imported"], report["proposals"]) == (3, 2)
    assert ship.json("evidence", "import-events", file)["imported"] == 0
    first, second = ship.json("proposal", "list")
    entry = ship.json("proposal", "accept", first["id"], "--as", RATING, "--text", "Pump 3 is dead")
    assert entry["narrative"] == "Pump 3 is dead" and entry["event_ids"] == [first["source_id"]]
    said = ship.json("proposal", "dismiss", second["id"], "--as", RATING, "--reason", "A test")
    assert said["status"] == "dismissed"
    assert ship("proposal", "accept", second["id"], "--as", RATING).error == "wrong_state"
    assert ship.json("proposal", "list") == []
    assert len(ship.json("proposal", "list", "--status", "all")) == 2
    assert {e["id"] for e in ship.json("evidence", "list")["events"]} == {"EV-7", "EV-8", "EV-9"}


def test_an_event_told_differently_is_refused(ship: Eightbells, tmp_path: Path) -> None:
    """I4: a ledger event never changes."""
    ship.json("evidence", "import-events", a_file(tmp_path, "e.jsonl", FAULT))
    other = a_file(tmp_path, "f.jsonl", READING, FAULT | {"text": "Nothing happened"})
    said = ship("evidence", "import-events", other)
    assert (said.code, said.error) == (1, "bad_input")
    assert [e["id"] for e in ship.json("evidence", "list")["events"]] == ["EV-7"]


def test_a_flagged_entry_is_decided_by_another_officer(ship: Eightbells) -> None:
    words = "Black box in the aft locker hums"
    entry = ship.json("entry", "add", words, "--as", RATING)["id"]
    flag = ("entry", "flag", entry, "--domain", "ETO-02", "--as", OUTGOING)
    asked = ship.json(*flag, "--reason", "It is the router")["corrections"][0]
    assert [e["id"] for e in ship.json("entry", "list", "--flagged")] == [entry]
    assert f"open, request {asked['id']}" in ship("entry", "show", entry).out
    for who, error in ((OUTGOING, "not_permitted"), (RATING, "not_permitted")):
        assert ship("entry", "decide", entry, "accept", "--as", who).error == error
    decide = ("entry", "decide", asked["id"])
    assert ship(*decide, "perhaps", "--as", CAPTAIN).code == 2
    assert ship(*decide, "reject", "--as", CAPTAIN).error == "bad_input"
    decided = ship.json(*decide, "accept", "--as", CAPTAIN, "--reason", "Seen")
    assert (decided["primary_domain"], decided["bucket"]) == ("ETO-02", "ETO_AVIT")
    assert set(decided["corrected"]) == CORRECTED
    assert decided["corrections"][0]["decision"] == "accepted"
    assert ship(*decide, "accept", "--as", CAPTAIN).error == "wrong_state"
    shown = ship("entry", "show", entry).out
    assert "corrected by Anna Lindqvist on" in shown and "first read as" in shown
    again = ship.json("entry", "classify", words.upper())
    assert again["primary_domain"] == "ETO-02" and again["reasons"][0].startswith("as corrected on")


def test_a_list_of_entries_has_ships_time_and_lines_that_fit_a_terminal(ship: Eightbells) -> None:
    """CONSOLE rule 10."""
    ship.json("entry", "add", "Port bilge pump leaks.", "--as", OUTGOING)
    time, words, total = ship("entry", "list").out.splitlines()
    assert "LT (UTC" in time and len(time) <= 80
    assert words.endswith("Port bilge pump leaks.") and total.startswith("1 of 1")
