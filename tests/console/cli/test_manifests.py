"""`manifest`: from plan to verdict by the real program, with its JSON and its exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.console.cli.program import Eightbells

BAD = '{"task": "debug", "meta": {"id": "a"}}\n{"task": "launch", "meta": {"id": "b"}}\n{\n'


def by_hand(ship: Eightbells, *lines: dict[str, Any] | str, name: str = "own.jsonl") -> str:
    path = ship.home.parent / name
    path.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines))
    return str(path)


def echo(id: str, expected: str | None = None) -> dict[str, Any]:
    meta = {"id": id, "expected_result": {"echo": expected or id}}
    return {"task": "debug", "kwargs": {"message": id}, "meta": meta}


def test_a_work_order_goes_all_the_way(ship: Eightbells) -> None:
    plan = ship.json("manifest", "plan", "system_test", "--mode", "mixed", "--count", "8")
    assert (plan["name"], plan["entries"], plan["reason"]) == ("system_test_01.jsonl", 8, "planned")
    assert plan["tasks"] == {"crud": 2, "crud_latency": 2, "debug": 2, "sleep": 2}
    sent = ship.json("manifest", "dispatch", plan["path"])
    assert (sent["outcome"], sent["sent"]) == ("dispatched", 8)
    early = ship("manifest", "verify", "system_test_01", "--json")
    assert (early.code, early.json["entries"]["pending"]) == (1, 8)
    assert ship("worker", "--drain").code == 0
    verdict = ship.json("manifest", "verify", plan["path"])
    assert (verdict["ok"], verdict["entries"]["ok"]) == (True, 8)
    shown = ship.json("manifest", "show", "system_test_01")
    assert (shown["view"], shown["file"]) == ("completed", "unchanged")
    assert shown["jobs"] == {"pending": 0, "completed": 8, "failed": 0}
    assert {line["verdict"] for line in shown["entry_lines"]} == {"ok"}


def test_a_verify_leaves_to_the_pool_what_waits_for_it(ship: Eightbells) -> None:
    ship.json("manifest", "dispatch", by_hand(ship, echo("a")))
    assert ship("manifest", "verify", "own_01").code == 1
    assert [job["status"] for job in ship.json("job", "list", "--kind", "debug")] == ["queued"]


def test_the_same_twice_is_said(ship: Eightbells) -> None:
    file = by_hand(ship, echo("a"))
    assert ship("manifest", "dispatch", file).code == 0
    again = ship("manifest", "dispatch", file)
    assert again.code == 0
    assert "nothing new is sent" in again.out
    assert len(ship.json("job", "list")) == 1


def test_bad_lines_are_told_by_number_and_nothing_is_sent(ship: Eightbells) -> None:
    file = by_hand(ship, BAD.rstrip())
    said = ship("manifest", "dispatch", file, "--json")
    assert (said.code, said.error) == (1, "bad_lines")
    assert "line 2" in said.err and "launch" in said.err
    shown = ship.json("manifest", "show", file)
    assert [(bad["line"], bad["code"]) for bad in shown["rejected"]] == [
        (2, "unknown_task"), (3, "not_json"),
    ]  # fmt: skip
    assert ship.json("job", "list") == []
    sent = ship.json("manifest", "dispatch", file, "--keep-going")
    assert (sent["sent"], sent["bad"]) == (1, 2)


def test_a_file_laid_among_the_manifests_is_found_by_its_name(ship: Eightbells) -> None:
    file = Path(by_hand(ship, echo("a")))
    (ship.home / "manifests").mkdir(exist_ok=True)
    file.rename(ship.home / "manifests" / "laid_01.jsonl")
    assert ship.json("manifest", "show", "laid_01.jsonl")["entries"] == 1
    assert ship.json("manifest", "dispatch", "laid_01.jsonl")["name"] == "laid_01.jsonl"


def test_a_dry_run_sends_nothing(ship: Eightbells) -> None:
    said = ship.json("manifest", "dispatch", by_hand(ship, echo("a"), echo("b")), "--dry-run")
    assert (said["outcome"], said["entries"]) == ("dry_run", 2)
    assert ship.json("job", "list") == [] == ship.json("manifest", "list")


def test_what_is_not_as_expected_fails_with_its_reason(ship: Eightbells) -> None:
    file = by_hand(ship, echo("a"), echo("b", expected="c"))
    ship.json("manifest", "dispatch", file)
    assert ship("worker", "--drain").code == 0
    said = ship("manifest", "verify", file)
    assert said.code == 1
    assert "1 ok" in said.out and "1 mismatch" in said.out
    assert "'c' expected, 'b' met" in said.out
    (found,) = ship.json("manifest", "findings", "own_01", "--verdict", "mismatch")
    assert (found["line"], found["entry_id"]) == (2, "b")


def test_an_order_is_cancelled_sent_again_and_exported(ship: Eightbells, tmp_path: Path) -> None:
    file = by_hand(ship, echo("a"), echo("b"))
    ship.json("manifest", "dispatch", file)
    assert ship.json("manifest", "cancel", file)["cancelled"] == 2
    again = ship.json("manifest", "retry", file, "--as", "Priya Nair")
    assert (again["sent"], again["round"]) == (2, 2)
    assert ship("worker", "--drain").code == 0
    assert ship("manifest", "verify", file).code == 0
    assert ship("manifest", "retry", file).error == "wrong_state"
    folder = tmp_path / "ashore"
    done = ship.json("manifest", "export", file, str(folder))
    assert {path.name for path in folder.iterdir()} == {*done["hashes"], "sha256.txt"}
    assert ship("manifest", "export", file, str(folder)).error == "already_exists"


def test_where_nothing_is_missing_there_is_nothing_to_do(ship: Eightbells) -> None:
    said = ship("manifest", "plan", "gap_fill")
    assert said.code == 0
    assert "Nothing to do." in said.out


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("plan", "launch"), 1, "job_failed"),
        (("plan", "system_test", "--mode", "fast"), 1, "job_failed"),
        (("plan", "system_test", "--count", "0"), 2, None),
        (("show", "nowhere.jsonl"), 1, "not_found"),
        (("dispatch", "nowhere.jsonl"), 1, "not_found"),
        (("verify", "nowhere.jsonl"), 1, "not_found"),
        (("cancel", "nowhere_01"), 1, "not_found"),
    ],
)
def test_what_cannot_be_done_has_its_code(
    ship: Eightbells, words: tuple[str, ...], code: int, error: str | None
) -> None:
    said = ship("manifest", *words)
    assert said.code == code
    if error:
        assert said.error == error


def test_every_workflow_is_listed_and_a_broken_one_says_why(ship: Eightbells) -> None:
    folder = ship.home / "workflows"
    folder.mkdir(mode=0o700)
    (folder / "broken.py").write_text("plan = 1\n")
    (folder / "broken.py").chmod(0o600)
    found = {known["name"]: known for known in ship.json("manifest", "workflows")}
    assert set(found) == {"system_test", "gap_fill", "broken"}
    assert found["system_test"]["modes"][0] == "mixed"
    assert "no function plan" in found["broken"]["problem"]
