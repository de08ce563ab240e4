"""What counts as wrong, at the edge of each threshold."""

from datetime import timedelta
from typing import Any

import pytest

from storage.alerts.rules import CONDITIONS, Facts, step_between, wrong
from storage.alerts.states import DISK_LOW_BYTES, STANDING, Standing
from tests.clock import START

ENOUGH = 100 * DISK_LOW_BYTES


def found(**facts: Any) -> dict[Standing, str]:
    return wrong(Facts(**{"free_bytes": ENOUGH, **facts}))


def test_nothing_is_wrong_with_a_quiet_store() -> None:
    assert found() == {}


def test_every_type_has_a_condition_but_the_one_that_nobody_could_store() -> None:
    assert set(CONDITIONS) | {Standing.NOBODY_WATCHES} == set(STANDING) == set(Standing)


@pytest.mark.parametrize(
    ("facts", "type_", "words"),
    [
        ({"free_bytes": DISK_LOW_BYTES - 1}, Standing.DISK_LOW, "499 MiB are free"),
        ({"backup_age": timedelta(hours=734)}, Standing.BACKUP_OLD, "for 30 days"),
        ({"unwritable": "The disk is full."}, Standing.STORE_UNWRITABLE, "full"),
        ({"chain_problem": "event 7 is missing."}, Standing.AUDIT_CHAIN_BROKEN, "event 7"),
        ({"lost": ("bridge:41",)}, Standing.WORKER_LOST, "bridge:41"),
        ({"stale": ("bridge:42",)}, Standing.WORKER_STALE, "bridge:42"),
        ({"stuck": ("job-1",)}, Standing.JOB_STUCK, "job-1"),
        ({"queued": 1_000}, Standing.QUEUE_BACKLOG, "1000 jobs wait"),
        ({"longest_wait_s": 600.0}, Standing.QUEUE_BACKLOG, "10 minutes"),
        ({"failed": 10, "ended": 40}, Standing.FAILURE_SPIKE, "10 of the last 40"),
        ({"stepped_s": -3600.0}, Standing.CLOCK_STEPPED, "back by 1 h 00 min"),
        ({"stepped_s": 2.0}, Standing.CLOCK_STEPPED, "forward by 2 seconds"),
    ],
)
def test_each_condition_says_what_is_wrong(
    facts: dict[str, Any], type_: Standing, words: str
) -> None:
    (said,) = found(**facts).items()
    assert said[0] is type_ and words in said[1]


@pytest.mark.parametrize(
    "facts",
    [
        {"free_bytes": DISK_LOW_BYTES},
        {"backup_age": timedelta(hours=48)},
        {"queued": 999},
        {"longest_wait_s": 599.9},
        {"failed": 9, "ended": 9},
        {"failed": 10, "ended": 41},
        {"stepped_s": 1.9},
    ],
)
def test_just_below_a_threshold_nothing_is_wrong(facts: dict[str, Any]) -> None:
    assert found(**facts) == {}


@pytest.mark.parametrize(
    ("wall", "passed", "step"),
    [
        (timedelta(seconds=10), 10.0, 0.0),
        (timedelta(seconds=11), 10.0, 0.0),
        (timedelta(hours=1, seconds=10), 10.0, 3600.0),
        (timedelta(hours=-1, seconds=10), 10.0, -3600.0),
    ],
)
def test_a_step_is_what_the_wall_clock_moved_more_than_time_passed(
    wall: timedelta, passed: float, step: float
) -> None:
    assert step_between((START, 5.0), (START + wall, 5.0 + passed)) == step
