"""`audit`, `stats` and `doctor`: what happened, that nothing was lost, that the store is sound."""

import json
from pathlib import Path

from storage.audit.merkle import Tree
from tests.console.cli.conftest import OUTGOING
from tests.console.cli.program import Eightbells
from tests.storage.tampering import tamper


def test_refusals_are_events_too_and_filters_hold(ship: Eightbells) -> None:
    """I1."""
    made = ship.json("entry", "add", "Anchor light out", "--as", OUTGOING)["id"]
    ship("entry", "add", " ", "--as", OUTGOING)
    refused, captured = ship.json("audit", "list", "--action", "entry.", "--actor", OUTGOING)
    assert (refused["outcome"], refused["detail"]["code"]) == ("refused", "bad_input")
    assert (captured["outcome"], captured["subject_id"]) == ("done", made)
    assert [e["seq"] for e in ship.json("audit", "list", "--subject", made)] == [captured["seq"]]
    assert len(ship.json("audit", "list", "--limit", "1")) == 1
    assert ship.json("audit", "list", "--since", "2099-01-01T00:00:00Z") == []


def test_the_log_is_listed_in_words_and_ships_time(ship: Eightbells) -> None:
    made = ship.json("entry", "add", "Anchor light out", "--as", OUTGOING)["id"]
    ship("entry", "add", " ", "--as", OUTGOING)
    heading, refused, captured, *_ = ship("audit", "list", "--actor", OUTGOING).out.splitlines()
    assert heading.split() == ["event", "time", "who", "what", "about", "detail"]
    assert "LT (UTC" in captured and OUTGOING in captured
    assert "captured an entry" in captured and f"entry {made}" in captured
    assert "not allowed: capture an entry" in refused and "code: bad_input" in refused


def test_a_whole_log_agrees_with_a_checkpoint_noted_earlier(ship: Eightbells) -> None:
    mark = ship("audit", "checkpoint").out.strip()
    assert mark == ship.json("audit", "checkpoint")["checkpoint"]
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    assert ship.json("audit", "verify", "--checkpoint", mark)["ok"]
    size, _, root = mark.partition(":")
    hashes = [event["hash"] for event in ship.json("audit", "list", "--limit", "1000")]
    by_last_event = f"{size}:{hashes[-int(size)]}"
    assert root not in hashes
    assert ship.json("audit", "verify", "--checkpoint", by_last_event)["ok"], "as printed before"
    wrong = f"{mark.partition(':')[0]}:{'0' * 64}"
    said = ship("audit", "verify", "--checkpoint", wrong, "--json")
    assert said.code == 1 and not said.json["ok"]
    assert "not the one" in said.json["problem"]
    beyond = f"9999:{'0' * 64}"
    assert ship("audit", "verify", "--checkpoint", beyond).code == 1
    assert ship("audit", "verify", "--checkpoint", "nonsense").error == "bad_input"


def test_the_log_is_exported_oldest_first_and_never_over_a_file(
    ship: Eightbells, tmp_path: Path
) -> None:
    file = tmp_path / "audit.jsonl"
    told = ship.json("audit", "export", str(file))
    events = [json.loads(line) for line in file.read_text().splitlines()]
    assert [event["seq"] for event in events] == list(range(1, told["events"] + 1))
    root = Tree([bytes.fromhex(event["hash"]) for event in events]).root(len(events))
    assert told["checkpoint"] == f"{events[-1]['seq']}:{root.hex()}"
    assert ship("audit", "export", str(file)).error == "bad_input"
    nowhere = ship("audit", "export", str(tmp_path / "no" / "audit.jsonl"))
    assert (nowhere.code, nowhere.error) == (1, "failed")


def test_stats_count_what_is_there(ship: Eightbells) -> None:
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    stats = ship.json("stats")
    assert stats["entries"]["candidate"] == 1 and stats["crew"] == 5
    assert stats["audit_events"] == len(ship.json("audit", "list")) and stats["store_bytes"] > 0
    assert "1 candidate" in ship("stats").out


def test_stats_tell_how_it_went_lately_in_numbers_and_in_charts(ship: Eightbells) -> None:
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    ship("job", "submit", "debug")
    trends = ship.json("stats")["trends"]
    assert len(trends["runs"]["begun"]) == len(trends["runs"]["failed"]) == 60
    assert len(trends["runs"]["paces"]) == 12 and len(trends["signed"]) == 30
    assert sum(trends["risks"][-1]["worst"].values()) == 1
    said = ship("stats").out
    assert "None began in the last hour" in said
    assert "Entries by worst risk  1 in 30 days (UTC), 1 today" in said


def test_a_sound_store_passes_every_check(ship: Eightbells) -> None:
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    found = ship.json("doctor")
    assert found["ok"] and [check["name"] for check in found["checks"]] == [
        "store file", "schema", "audit log", "audit anchor", "files", "orphans", "workers",
        "clock", "disk", "backups",
    ]  # fmt: skip
    (to_know,) = [finding for check in found["checks"] for finding in check["findings"]]
    assert to_know["code"] == "backup_missing" and not to_know["grave"]


def test_a_changed_audit_event_is_found_by_both(ship: Eightbells) -> None:
    """I15."""
    ship("entry", "add", "Anchor light out", "--as", OUTGOING)
    tamper(ship.home, "UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 3")
    verdict = ship("audit", "verify", "--json")
    assert verdict.code == 1 and verdict.json["at_seq"] == 3
    found = ship("doctor", "--json")
    assert found.code == 3 and not found.json["ok"]
    assert [check["name"] for check in found.json["checks"] if not check["ok"]] == ["audit log"]
