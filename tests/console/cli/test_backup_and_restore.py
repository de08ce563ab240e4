"""`backup`, `restore` and `doctor`: the same words, codes and exits as CLI.md."""

from pathlib import Path

from storage import database
from tests.console.cli.conftest import OUTGOING
from tests.console.cli.program import Eightbells
from tests.storage.tampering import tamper


def test_a_backup_is_restored_and_says_what_is_not_in_it(ship: Eightbells, tmp_path: Path) -> None:
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    made = ship.json("backup")
    assert made["verified"] and made["complaints"] == []
    ship("entry", "add", "Anchor light in", "--as", OUTGOING)
    said = ship("restore", made["path"], str(tmp_path / "again"))
    assert said.code == 0
    assert said.out.startswith("RESTORED FROM A BACKUP of ")
    assert "1 × entry.captured" in said.out
    again = Eightbells(tmp_path / "again")
    assert [row["narrative"] for row in again.json("entry", "list")] == ["Anchor light out"]
    found = again.json("doctor")
    assert found["ok"]
    assert "restored" in {f["code"] for check in found["checks"] for f in check["findings"]}


def test_a_backup_goes_to_the_folder_that_is_named(ship: Eightbells, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    for words in (("--to", str(tmp_path / "stick")), (str(tmp_path / "stick"),)):
        made = ship.json("backup", *words)
        assert Path(made["path"]).parent == tmp_path / "stick" and made["removed"] == []
    assert len([p for p in (tmp_path / "stick").iterdir() if p.name[0] != "."]) == 2


def test_a_backup_is_on_record(ship: Eightbells) -> None:
    made = ship.json("backup")
    (event,) = ship.json("audit", "list", "--action", "backup.")
    assert event["detail"]["path"] == made["path"]
    assert event["detail"]["fingerprint"] == made["fingerprint"]


def test_a_folder_that_is_not_there_is_refused_with_a_code(
    ship: Eightbells, tmp_path: Path
) -> None:
    said = ship("backup", "--to", str(tmp_path / "stick"))
    assert (said.code, said.error) == (1, "backup_failed")


def test_without_a_store_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    said = Eightbells(tmp_path / "nowhere")("backup")
    assert (said.code, said.error) == (3, "store_missing")


def test_a_store_that_is_not_whole_is_backed_up_and_that_is_said(ship: Eightbells) -> None:
    tamper(ship.home, "UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 2")
    said = ship("backup", "--json")
    assert said.code == 1
    assert said.json["complaints"] == ["audit event 2: its content is not what was recorded"]


def test_a_store_that_cannot_be_opened_is_backed_up_all_the_same(ship: Eightbells) -> None:
    tamper(ship.home, "CREATE TABLE stray (x TEXT)")
    assert ship("entry", "list").code == 3
    said = ship("backup", "--json")
    assert said.code == 1 and "not those it was made with" in said.json["complaints"][0]
    assert Path(said.json["path"], database.FILE_NAME).exists()


def test_a_spoilt_backup_is_refused_with_a_code(ship: Eightbells, tmp_path: Path) -> None:
    made = Path(ship.json("backup")["path"])
    (made / database.FILE_NAME).write_bytes(b"")
    said = ship("restore", str(made), str(tmp_path / "again"))
    assert (said.code, said.error) == (1, "backup_unusable")
    assert not (tmp_path / "again").exists()


def test_nothing_is_restored_over_a_store(ship: Eightbells) -> None:
    made = ship.json("backup")["path"]
    said = ship("restore", made, str(ship.home))
    assert (said.code, said.error) == (1, "bad_input")


def test_doctor_says_what_to_do_about_each_finding(ship: Eightbells) -> None:
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    said = ship("doctor")
    assert said.code == 0
    assert "backup_missing: No backup lies beside the store." in said.out
    (ship.home / "anchor.json").unlink(missing_ok=True)
    said = ship("doctor", "--json")
    assert said.code == 3 and not said.json["ok"]
    (grave,) = [f for c in said.json["checks"] for f in c["findings"] if f["grave"]]
    assert grave["code"] == "anchor_missing" and grave["to_do"]


def test_what_is_left_of_a_damaged_store_is_salvaged_and_the_rest_is_told(
    ship: Eightbells, tmp_path: Path
) -> None:
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    whole = ship("doctor", "--salvage", str(tmp_path / "copy"))
    assert whole.code == 0 and "LOST" not in whole.out
    with (ship.home / database.FILE_NAME).open("r+b") as file:
        file.write(b"\0" * 4096)
    assert ship("doctor").code == 3 and ship("entry", "list").code == 3
    said = ship("doctor", "--salvage", str(tmp_path / "left"), "--json")
    assert said.json["rows"]["entry"] == 1
    left = Eightbells(tmp_path / "left")
    assert [row["narrative"] for row in left.json("entry", "list")] == ["Anchor light out"]
    assert ship("doctor", "--salvage", str(tmp_path / "left")).error == "bad_input"
