"""`handover`, `trace` and `verify`: what was signed, where it came from, that it is unchanged."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.certificates import PASSPHRASE, a_certificate
from tests.console.cli.conftest import INCOMING, OUTGOING, Prepared
from tests.console.cli.program import Eightbells, run

CopyOf = Callable[[Prepared], Eightbells]


@pytest.fixture
def folder(signed: Prepared) -> Path:
    """The signed folder, not to be changed."""
    (found,) = signed.home.glob(f"handover/*/signed/{signed.draft_id}")
    return found


def test_a_signed_handover_is_listed_and_shown(signed: Prepared) -> None:
    ship = Eightbells(signed.home)
    (listed,) = ship.json("handover", "list")
    assert listed["draft_id"] == signed.draft_id
    assert ship.json("handover", "list", "--filter", f"incoming:{INCOMING.split()[0]}") == [listed]
    assert ship.json("handover", "list", "--filter", "superseded:yes") == []
    assert [s["name"] for s in listed["signatories"]] == [OUTGOING, INCOMING]
    shown = ship.json("handover", "show", signed.draft_id)
    assert shown["document"]["draft_id"] == signed.draft_id and shown["exports"]
    words = ship("handover", "show", signed.draft_id).out
    assert shown["document_hash"] in words and "operational responsibility" in words
    assert ship.json("draft", "list")[0]["state"] == "EXPORTED"


def test_nothing_is_exported_before_it_is_signed(copy_of: CopyOf, accepted: Prepared) -> None:
    """I14."""
    ship, draft_id = copy_of(accepted), accepted.draft_id
    said = ship("handover", "export", draft_id, "--type", "pdf", "--as", INCOMING)
    assert (said.code, said.error) == (1, "wrong_state")
    assert ship("handover", "show", draft_id).error == "not_found"
    assert ship.json("handover", "list") == []


def test_an_export_is_a_new_folder_of_its_own(copy_of: CopyOf, signed: Prepared) -> None:
    ship = copy_of(signed)
    export = ("handover", "export", signed.draft_id, "--as", INCOMING, "--wait", "--type")
    made = ship.json(*export, "json")
    assert made["status"] == "completed" and made["export"]["exporter"] == INCOMING
    assert ship.json("verify", made["path"])["ok"]
    mail = ship.json(*export, "email", "--to", "office@example.org", "--to", "dpa@example.org")
    assert (Path(mail["path"]) / "email.eml").is_file()
    assert mail["export"]["recipients"] == ["office@example.org", "dpa@example.org"]
    assert len(ship.json("handover", "show", signed.draft_id)["exports"]) == 3


def test_a_ships_certificate_seals_a_copy_of_the_pdf(
    copy_of: CopyOf, signed: Prepared, tmp_path: Path
) -> None:
    ship, certificate = copy_of(signed), tmp_path / "ship.p12"
    words = ("handover", "seal", signed.draft_id, "--as", INCOMING, "--certificate")
    assert ship(*words, str(certificate), "--passphrase-stdin", stdin="x\n").error == "bad_input"
    certificate.write_bytes(a_certificate())
    assert ship(*words, str(certificate), "--passphrase-stdin", stdin="x\n").error == "bad_input"
    assert "--passphrase-stdin or a terminal" in ship(*words, str(certificate)).err
    made = ship.json(*words, str(certificate), "--passphrase-stdin", stdin=f"{PASSPHRASE}\n")
    checks = ship.json("verify", made["path"])["checks"]
    assert "seal of a certificate" in [check["name"] for check in checks if check["ok"]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--type", "email"], "bad_input"),
        (["--type", "email", "--to", "not an address"], "bad_input"),
        (["--type", "pdf", "--to", "office@example.org"], "bad_input"),
        (["--type", "tape"], "usage"),
        ([], "usage"),
    ],
)
def test_an_export_that_cannot_be_is_refused(signed: Prepared, words: list[str], code: str) -> None:
    said = Eightbells(signed.home)("handover", "export", signed.draft_id, "--as", INCOMING, *words)
    assert said.error == code and said.code == (2 if code == "usage" else 1)


def test_a_signed_folder_is_verified_without_a_store(folder: Path) -> None:
    """I15."""
    for path in (folder, folder / "handover.json", folder / "handover.pdf"):
        said = run("verify", str(path), "--json", EIGHTBELLS_HOME="/nonexistent")
        assert said.code == 0 and said.json["ok"]
        assert all(set(check) == {"name", "ok", "detail"} for check in said.json["checks"])


@pytest.mark.parametrize("name", ["handover.json", "handover.html", "handover.pdf"])
def test_one_changed_byte_in_any_signed_file_is_found(
    shared_ship: Eightbells, folder: Path, tmp_path: Path, name: str
) -> None:
    """I15."""
    copy = tmp_path / "signed"
    shutil.copytree(folder, copy)
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    said = shared_ship("verify", str(copy), "--json")
    assert said.code == 1 and not said.json["ok"]
    assert name in {check["name"] for check in said.json["checks"] if not check["ok"]}


def test_what_cannot_be_verified_is_refused(
    shared_ship: Eightbells, folder: Path, tmp_path: Path
) -> None:
    assert shared_ship("verify", str(tmp_path / "nowhere")).error == "not_found"
    assert shared_ship("verify", str(tmp_path)).error == "not_found"
    loose = tmp_path / "handover.html"
    shutil.copy(folder / "handover.html", loose)
    assert shared_ship("verify", str(loose)).error == "bad_input"


def test_a_pdf_away_from_its_folder_proves_its_record_and_says_it_proves_no_pages(
    shared_ship: Eightbells, folder: Path, tmp_path: Path
) -> None:
    loose = tmp_path / "handover.pdf"
    shutil.copy(folder / "handover.pdf", loose)
    said = shared_ship("verify", str(loose), "--json")
    assert said.code == 1
    assert [c["name"] for c in said.json["checks"] if not c["ok"]] == ["printed pages"]
    assert {"outgoing signature", "in the log"} <= {c["name"] for c in said.json["checks"]}
    script = [sys.executable, "-I", "-S", str(folder / "verify.py"), str(loose)]
    stranger = subprocess.run(script, capture_output=True, text=True)
    assert stranger.returncode == 1
    assert stranger.stdout.count("NOT OK") == 1 and "NOT OK  printed pages" in stranger.stdout
    inside = subprocess.run(
        [*script[:-1], str(folder / "handover.pdf")], capture_output=True, text=True
    )
    assert inside.returncode == 0


def test_a_statement_is_traced_to_its_evidence_and_back(signed: Prepared) -> None:
    ship = Eightbells(signed.home)
    document = ship.json("handover", "show", signed.draft_id)["document"]
    item = next(s for s in document["sections"] if s["bucket"] == "Engineering")["items"][0]
    down = ship.json("trace", item["id"])
    assert down["kind"] == "item" and [e["id"] for e in down["entries"]] == [
        source["id"] for source in item["sources"]["entries"]
    ]
    up = ship.json("trace", down["entries"][0]["id"])
    assert up["kind"] == "entry" and item["id"] in [i["item_id"] for i in up["items"]]
    assert [h["draft_id"] for h in up["handovers"]] == [signed.draft_id]
    assert document["document_number"] in ship("trace", item["id"]).out
    assert ship("trace", "no-such-id").error == "not_found"


def test_who_took_over_on_a_date(signed: Prepared) -> None:
    ship = Eightbells(signed.home)
    date = ship.json("handover", "list")[0]["signed_at"][:10]
    (found,) = ship.json("trace", "--signed-on", date)
    assert found["draft_id"] == signed.draft_id
    assert ship.json("trace", "--signed-on", "1999-12-31") == []
    assert ship("trace", "--signed-on", "today").error == "bad_input"
    assert ship("trace").code == 2


def test_a_signed_document_is_canonical_json(folder: Path) -> None:
    data = (folder / "handover.json").read_bytes()
    spelt = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert spelt.encode() == data


def test_a_signed_handover_is_read_whole_and_compared_with_the_one_before(
    signed: Prepared,
) -> None:
    ship = Eightbells(signed.home)
    words = ship("handover", "show", signed.draft_id).out
    assert "read back by" in words and "entry by" in words and "completeness" in words
    assert "second_officer" not in words and "LT (UTC" in words
    compared = ship.json("handover", "show", signed.draft_id, "--compare")
    assert compared["compared"] is None and compared["document"]["sections"]
    said = ship("handover", "show", signed.draft_id, "--compare").out
    assert "no handover was signed before this one" in said
