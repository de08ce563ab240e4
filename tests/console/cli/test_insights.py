"""`insight`, `suggestion`, `regeneration`: from three lines about a pump to what stands."""

from collections.abc import Callable

import pytest

from tests.console.cli.conftest import CAPTAIN, RATING
from tests.console.cli.program import Eightbells

PUMP = "Bilge pump 3 starboard seized again and will not start."


@pytest.fixture
def counted(ship: Eightbells) -> Eightbells:
    """A ship whose pump has failed three times, counted."""
    for _ in range(3):
        ship("entry", "add", PUMP, "--as", CAPTAIN)
    assert ship.json("insight", "aggregate")["events"] >= 3
    return ship


@pytest.fixture
def suggested(counted: Eightbells) -> Callable[[str], str]:
    """Gives the id of the suggestion of a type."""
    counted.json("insight", "signals")
    found = counted.json("insight", "suggestions")
    return lambda kind: next(s["id"] for s in found if s["type"] == kind)


def test_aggregating_again_changes_nothing(counted: Eightbells) -> None:
    again = counted.json("insight", "aggregate")
    assert (again["events"], again["changed"]) == (0, 0)
    (faults,) = counted.json("insight", "trend", "faults")
    assert (faults["count"], faults["base"], faults["rate"]) == (3, None, None)
    said = counted("insight", "aggregate").out
    assert "ENG-05 bilge pump 3 starboard" in said and "0 counts changed." in said


def test_a_signal_and_its_suggestions_are_listed_once(counted: Eightbells) -> None:
    first, second = counted.json("insight", "signals"), counted.json("insight", "signals")
    assert [s["id"] for s in first] == [s["id"] for s in second]
    assert first[0]["rule"] == "RECURRING_FAULT" and first[0]["severity"] == "WARNING"
    found = [counted.json("insight", "suggestions") for _ in range(2)]
    assert found[0] == found[1] and {s["status"] for s in found[0]} == {"OPEN"}
    assert "RECURRING_FAULT" in counted("insight", "signals").out


def test_an_accepted_suggestion_waits_in_the_inbox_and_its_lineage_is_shown(
    counted: Eightbells, suggested: Callable[[str], str]
) -> None:
    chosen = suggested("propose_entry")
    done = counted.json("suggestion", "accept", chosen, "--as", CAPTAIN)
    assert done["status"] == "ACCEPTED"
    (proposal,) = counted.json("proposal", "list")
    assert (proposal["id"], proposal["source_kind"]) == (
        done["decision"]["proposal_id"], "suggestion",
    )  # fmt: skip
    entry = counted.json("proposal", "accept", proposal["id"], "--as", CAPTAIN)
    found = counted.json("insight", "lineage", entry["id"])
    assert {"signal", "suggestion", "proposal", "entry"} <= {t["kind"] for t in found["things"]}
    assert f"▶ entry        {entry['id']}" in counted("insight", "lineage", entry["id"]).out


def test_a_rating_decides_nothing_and_the_exit_code_says_so(
    counted: Eightbells, suggested: Callable[[str], str]
) -> None:
    chosen = suggested("propose_entry")
    said = counted("suggestion", "accept", chosen, "--as", RATING)
    assert (said.code, said.error) == (1, "not_permitted")
    said = counted("suggestion", "dismiss", chosen, "--as", CAPTAIN)
    assert said.code == 2  # no reason is given
    done = counted.json("suggestion", "dismiss", chosen, "--as", CAPTAIN, "--reason", "Known.")
    assert (done["status"], done["decision"]["reason"]) == ("DISMISSED", "Known.")
    said = counted("suggestion", "accept", chosen, "--as", CAPTAIN)
    assert (said.code, said.error) == (1, "wrong_state")


def test_a_regeneration_is_made_by_the_worker_and_approved_by_an_officer(
    counted: Eightbells, suggested: Callable[[str], str]
) -> None:
    chosen = suggested("regenerate")
    made = counted.json("suggestion", "accept", chosen, "--as", CAPTAIN)["decision"]
    waiting = made["regeneration_id"]
    assert [r["status"] for r in counted.json("regeneration", "list")] == ["PENDING"]
    said = counted("job", "submit", "regeneration_worker", "--wait")
    assert said.code == 0, said.err
    assert counted.json("regeneration", "show", waiting)["output"]["status"] == "pending"
    stands = counted.json("regeneration", "approve", waiting, "--as", CAPTAIN)
    assert stands["stands"] and stands["lines"][0]["text"] == PUMP
    assert "the version that stands" in counted("regeneration", "show", waiting).out
    said = counted("regeneration", "retry", waiting, "--as", CAPTAIN, "--reason", "For luck")
    assert (said.code, said.error) == (1, "wrong_state")
    said = counted("regeneration", "rollback", waiting, "--as", CAPTAIN, "--reason", "No")
    assert (said.code, said.error) == (1, "wrong_state")


def test_pruning_previews_first_and_finds_nothing_on_a_young_ship(counted: Eightbells) -> None:
    found = counted.json("insight", "prune")
    assert (found["events"], found["pruned"]) == (0, 0)
    assert "would be removed" in counted("insight", "prune").out
    assert counted.json("insight", "prune", "--confirm")["pruned"] == 0


def test_a_demo_of_two_days_tells_what_they_raised(ship: Eightbells) -> None:
    home = ship.home.with_name("month")
    found = Eightbells(home).json("demo", "--days", "2", "--home", str(home))
    assert found["ok"] and found["repeated"] == 0 and found["handovers"] == 4
    assert [(s["day"], s["rule"]) for s in found["signals"]] == [(2, "LOW_ACCEPTANCE_RATE")]
    again = Eightbells(home)("demo", "--days", "2", "--home", str(home))
    assert (again.code, again.error) == (3, "store_exists")
