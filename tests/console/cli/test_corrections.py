"""A correction from end to end by commands alone, each a process, the worker too (DOMAIN §6)."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.console.cli.conftest import CAPTAIN, INCOMING, OUTGOING, RATING, Prepared
from tests.console.cli.program import Eightbells
from tests.contents import own_words

Superseded = tuple[Eightbells, str, str]
WHY = "The guest is in cabin 4."
PINS = {name: pin for name, (_, pin) in builders.CREW.items()}


def corrected(ship: Eightbells, draft_id: str) -> str:
    words = ("draft", "generate", "--supersedes", draft_id, "--as", CAPTAIN, "--reason", WHY)
    made = ship.json(*words, "--wait")
    assert made["created"]
    return str(made["draft_id"])


def sign(ship: Eightbells, draft_id: str) -> None:
    """Review, accept, countersign, and let a worker write the documents."""
    ship.json("draft", "review", draft_id, "--as", OUTGOING)
    if ship.json("draft", "show", draft_id)["command_stale"]:
        ship.json("draft", "refresh-command", draft_id, "--wait", "--as", OUTGOING)
    ship.json("draft", "read", draft_id, "--as", OUTGOING)
    found = ship.json("draft", "show", draft_id)
    for proposal in found["merge_proposals"]:
        if not proposal["answer"]:
            ship.json("draft", "answer", proposal["id"], "keep-both", "--as", OUTGOING)
    for doubt in found["conflicts"]:
        if not doubt["acknowledged"]:
            ship.json("draft", "acknowledge", doubt["id"], "--note", "Seen.", "--as", OUTGOING)
    sure = ("--confirm", "--pin-stdin")
    ship.json("draft", "accept", draft_id, "--as", OUTGOING, *sure, stdin=PINS[OUTGOING])
    ship.json("draft", "read", draft_id, "--as", INCOMING)
    spoken = [
        word
        for section in found["sections"]
        for item in section["items"]
        if section["bucket"] != "Command"
        and {"Safety_Critical", "Compliance_Critical"} & set(item["risk_tags"])
        for word in ("--read-back", f"{item['id']}={own_words(item['text'])}")
    ]
    ship.json("draft", "sign", draft_id, "--as", INCOMING, *spoken, *sure, stdin=PINS[INCOMING])
    assert ship("worker", "--drain").code == 0


def folder_of(ship: Eightbells, draft_id: str) -> Path:
    (found,) = ship.home.glob(f"handover/*/signed/{draft_id}")
    return found


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def superseded(signed: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Superseded:
    """A store with a signed handover and its signed correction; not to be changed."""
    home = tmp_path_factory.mktemp("superseded") / "ship"
    shutil.copytree(signed.home, home)
    ship = Eightbells(home)
    (guest,) = (e for e in ship.json("entry", "list") if e["narrative"].startswith("Guest in"))
    ship.json("entry", "suppress", guest["id"], "--reason", "Wrong cabin.", "--as", OUTGOING)
    new = corrected(ship, signed.draft_id)
    sign(ship, new)
    return ship, signed.draft_id, new


def test_a_signed_handover_is_corrected_and_nothing_of_it_changes(
    signed: Prepared, superseded: Superseded
) -> None:
    ship, first, new = superseded
    before = Eightbells(signed.home).json("handover", "show", first)
    after, correction = ship.json("handover", "show", first), ship.json("handover", "show", new)
    assert after["document"] == before["document"]
    assert everything_in(folder_of(ship, first)) == everything_in(
        folder_of(Eightbells(signed.home), first)
    )
    said = correction["document"]["supersedes"]
    assert (said["document_number"], said["document_hash"]) == (
        before["document_number"], before["document_hash"],
    )  # fmt: skip
    assert (said["reason"], said["by"]) == (WHY, CAPTAIN)
    assert any("Guest in cabin 3" in change for change in correction["document"]["changes"])
    assert (after["superseded_by"], correction["superseded_by"]) == ("EB-00002", None)


def test_every_view_of_the_corrected_handover_says_so(superseded: Superseded) -> None:
    ship, first, new = superseded
    listed = ship("handover", "list").out
    assert "superseded by EB-00002" in listed and "corrects EB-00001" in listed
    assert "superseded by EB-00002" in ship("handover", "show", first).out
    assert f"corrects EB-00001: {WHY}" in ship("handover", "show", new).out
    assert f"corrects EB-00001: {WHY}" in ship("draft", "show", new).out
    assert ship.json("draft", "show", new)["supersedes"]["document_number"] == "EB-00001"
    item = ship.json("handover", "show", first)["document"]["sections"][0]["items"][0]
    assert "(superseded by EB-00002)" in ship("trace", item["id"]).out


def test_both_folders_verify_and_the_first_says_what_took_its_place(
    superseded: Superseded,
) -> None:
    ship, first, new = superseded
    verdicts: list[dict[str, Any]] = [
        ship.json("verify", str(folder_of(ship, draft_id))) for draft_id in (first, new)
    ]
    assert all(verdict["ok"] for verdict in verdicts)
    details = [{c["name"]: c["detail"] for c in v["checks"]} for v in verdicts]
    assert details[0]["still in force"] == f"no, superseded by EB-00002: {WHY}"
    assert "still in force" not in details[1]
    folder = folder_of(ship, first)
    script = subprocess.run(
        [sys.executable, "-I", "-S", folder / "verify.py"], capture_output=True, text=True
    )
    assert script.returncode == 0
    assert f"still in force: no, superseded by EB-00002: {WHY}" in script.stdout
    assert details[1]["document readable"] == "EB-00002, supersedes EB-00001"


def test_the_page_prints_what_it_corrects_and_what_changed(superseded: Superseded) -> None:
    ship, _, new = superseded
    page = (folder_of(ship, new) / "handover.html").read_text()
    assert "This handover corrects EB-00001 and takes its place" in page
    assert WHY in page and "What changed against EB-00001" in page


def test_the_third_handover_carries_forward_from_the_second(superseded: Superseded) -> None:
    ship, first, new = superseded
    radar = ship.json("entry", "add", "Radar 1 is out of order.", "--as", OUTGOING)
    third = ship.json("draft", "generate", "--wait")["draft_id"]
    found = ship.json("draft", "show", third)
    counts = {
        entry: item["count"]
        for section in found["sections"]
        for item in section["items"]
        for entry in item["sources"]["entries"]
    }
    signed = ship.json("handover", "show", new)["document"]["sections"]
    told = {
        entry["id"] for s in signed for item in s["items"] for entry in item["sources"]["entries"]
    }
    carried = {entry for entry, count in counts.items() if count == 2}
    assert carried and carried <= told
    assert carried | {radar["id"]} == counts.keys()
    again = ("draft", "generate", "--as", CAPTAIN, "--reason", WHY, "--supersedes")
    assert ship(*again, new).error == "wrong_state"  # the third is open
    assert ship(*again, first).error == "wrong_state"  # superseded


def test_a_correction_needs_an_officer_and_a_reason(signed: Prepared) -> None:
    ship = Eightbells(signed.home)
    words = ("draft", "generate", "--supersedes", signed.draft_id)
    assert ship(*words, "--reason", WHY).error == "not_permitted"
    assert ship(*words, "--reason", WHY, "--as", RATING).error == "not_permitted"
    assert ship(*words, "--as", CAPTAIN).error == "bad_input"
    assert ship(*words, "--as", CAPTAIN, "--reason", WHY, "--to", "2026-03-01T00:00Z").code == 2
    assert ship("draft", "generate", "--reason", WHY).code == 2
