"""`queue limit`, a pause with its reason, `group list`: what the System and Jobs places do."""

from tests.console.cli.program import Eightbells


def export_queue(queues: list[dict[str, object]]) -> dict[str, object]:
    """The queue of that name."""
    return next(queue for queue in queues if queue["queue"] == "export")


def test_a_limit_is_set_and_the_built_in_one_taken_again(ship: Eightbells) -> None:
    assert export_queue(ship.json("queue", "limit", "export", "1"))["max_concurrent"] == 1
    assert export_queue(ship.json("queue", "limit", "export"))["max_concurrent"] == 2
    refused = ship("queue", "limit", "export", "--", "-1")
    assert (refused.code, refused.error) == (1, "bad_input")


def test_a_pause_says_why_to_whoever_lists_the_queues(ship: Eightbells) -> None:
    said = ship("queue", "pause", "export", "--reason", "The printer is being moved").out
    assert "export: paused because: The printer is being moved" in said
    said = ship("queue", "pause", "--reason", "Dry dock").out
    assert "The whole engine is paused because: Dry dock" in said
    (event, *_) = ship.json("audit", "list")
    assert event["detail"] == {"reason": "Dry dock"}


def test_groups_are_listed_with_their_numbers(ship: Eightbells) -> None:
    assert "`job submit KIND --count N` makes a group" in ship("group", "list").out
    made = ship.json("job", "submit", "debug", "--count", "2")
    (listed,) = ship.json("group", "list")
    assert (listed["group_id"], listed["queued"]) == (made["group_id"], 2)
    assert listed == ship.json("group", "show", made["group_id"])


def test_stats_say_what_the_system_place_says_of_the_disk(ship: Eightbells) -> None:
    stats = ship.json("stats")
    assert stats["free_bytes"] > 0 and stats["log_bytes"] >= 0 and stats["backups"] == 0
    assert stats["anchored_events"] <= stats["audit_events"]
