"""`schedule`: what is due next, what was missed, one answer for all of it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from storage import database
from storage.database import now
from tests.clock import ShipClock
from tests.console.cli.conftest import RATING
from tests.console.cli.program import Eightbells
from tests.storage.schedules.voyage import DRAFTING, tick


@pytest.fixture
def back_from_the_yard(ship: Eightbells) -> Eightbells:
    """A ship whose pool last looked at the clock three days ago."""
    clock = ShipClock()
    database.open_store(ship.home)
    clock.at = now() - timedelta(days=3)
    database.close()
    database.open_store(ship.home, clock=clock)
    tick(DRAFTING)
    database.close()
    return ship


def drafting(ship: Eightbells) -> dict[str, object]:
    (found,) = [s for s in ship.json("schedule", "list") if s["name"] == "handover_generate"]
    return dict(found)


def test_a_schedule_says_when_it_is_due_in_ships_time_and_utc(shared_ship: Eightbells) -> None:
    found = drafting(shared_ship)
    assert set(found) == {
        "name", "kind", "rule", "grace_s", "next", "why_never", "last", "missed"
    }  # fmt: skip
    assert (found["rule"], found["last"], found["missed"]) == ("end_of_watch", None, None)
    said = shared_ship("schedule", "list").out
    assert "LT (UTC+2) · " in said and re.search(r"handover_generate +end_of_watch", said)


def test_three_days_without_power_are_one_line_and_one_run_answers_it(
    back_from_the_yard: Eightbells,
) -> None:
    ship = back_from_the_yard
    missed = drafting(ship)["missed"]
    assert isinstance(missed, dict) and missed["count"] in (17, 18)
    said = ship("schedule", "list").out
    assert len(re.findall(r"handover_generate +end_of_watch", said)) == 1
    assert "`schedule skip handover_generate` lets it be" in said
    run = ship.json("schedule", "run", "handover_generate", "--as", RATING)
    assert run["made_up"] == missed["count"]
    found = drafting(ship)
    assert found["missed"] is None
    assert isinstance(found["last"], dict) and found["last"]["job_id"] == run["job_id"]
    job = ship.json("job", "show", run["job_id"])
    assert (job["status"], job["requested_by_name"]) == ("queued", RATING)


def test_skipping_leaves_no_job_and_is_refused_when_nothing_waits(
    back_from_the_yard: Eightbells,
) -> None:
    ship = back_from_the_yard
    assert ship.json("schedule", "skip", "handover_generate")["skipped"] in (17, 18)
    again = ship("schedule", "skip", "handover_generate")
    assert (again.code, again.error) == (1, "wrong_state")
    assert ship.json("job", "list") == []


def test_run_by_hand_waits_for_its_job(ship: Eightbells) -> None:
    said = ship("schedule", "run", "handover_generate", "--wait")
    assert said.code == 0 and "completed" in said.out


@pytest.mark.parametrize("verb", ["run", "skip"])
def test_a_kind_that_follows_no_clock_is_no_schedule(shared_ship: Eightbells, verb: str) -> None:
    said = shared_ship("schedule", verb, "debug")
    assert (said.code, said.error) == (1, "not_found")


def test_without_a_vessel_nothing_is_due_and_the_list_says_why(home: Path) -> None:
    database.create(home)
    database.close()
    ship = Eightbells(home)
    found = drafting(ship)
    assert found["next"] is None and "no watch ends" in str(found["why_never"])
    assert "no vessel" in ship("schedule", "list").out
