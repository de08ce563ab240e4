"""A month of simulated watches raises the right signals, each once, however often one looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.demo.month import load_month
from console.demo.sailing import Sailing, sail
from console.demo.story import load_story
from storage import database
from storage.audit.actor import WORKER
from storage.audit.views import verify
from storage.engine import ledger
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.signalling import generate_signals
from storage.insights.states import Metric
from storage.insights.suggesting import generate_suggestions
from storage.insights.views import list_suggestions, trend
from tests.seals import CHEAP

GOLDEN = [
    (2, "LOW_ACCEPTANCE_RATE", "vessel", "WARNING"),
    (10, "LOW_COMPLETION_RATE", "vessel", "CRITICAL"),
    (12, "LOW_FOLLOW_THROUGH", "vessel", "WARNING"),
    (12, "RECURRING_FAULT", "ENG-05 bilge pump 3 starboard", "WARNING"),
    (17, "HIGH_RETRY", "debug", "WARNING"),
]
"""Every signal of a month: the day, the rule, what it is about, how grave."""

DAYS = 18
"""All that a month has to tell happens in these; `eightbells demo --days 30` sails the rest."""


@pytest.fixture(scope="module")
def sailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sailing, Path]]:
    """The days as they were lived, and the closed store."""
    home = tmp_path_factory.mktemp("month") / "ship"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.people.keys.PRESENT", CHEAP)
        yield sail(home, load_story(), DAYS), home


def test_the_month_raises_exactly_the_golden_signals(sailed: tuple[Sailing, Path]) -> None:
    it, _ = sailed
    assert [(s.day, s.rule, s.subject, s.severity) for s in it.raised] == GOLDEN


def test_every_rule_has_its_day(sailed: tuple[Sailing, Path]) -> None:
    it, _ = sailed
    assert len({s.rule for s in it.raised}) == 5


def test_each_day_was_looked_at_twice_and_nothing_was_said_again(
    sailed: tuple[Sailing, Path],
) -> None:
    it, _ = sailed
    assert it.repeated == 0


def test_another_look_afterwards_changes_nothing(sailed: tuple[Sailing, Path]) -> None:
    it, home = sailed
    database.open_store(home, clock=it.clock)
    assert collect(WORKER).events == aggregate(WORKER).changed == 0
    assert generate_signals(WORKER) == generate_suggestions(WORKER) == []
    assert len(list_suggestions()) == len(GOLDEN) + 1
    assert verify().ok


def test_every_day_has_its_rate_and_the_quiet_one_is_0(sailed: tuple[Sailing, Path]) -> None:
    it, home = sailed
    database.open_store(home, clock=it.clock)
    rates = [day.rate for day in trend(Metric.COMPLETION)]
    assert rates[8] == 0 and [r for r in rates[1:8] if r is None or r < 0.2] == []
    assert it.handovers == 2 * (DAYS - 1)


def test_the_month_ends_last_midnight_and_resumes_its_printing(
    sailed: tuple[Sailing, Path],
) -> None:
    it, home = sailed
    assert (it.clock.at.hour, it.clock.at.minute) == (0, 30)
    database.open_store(home, clock=it.clock)
    (paused,) = ledger.execute_sql(
        "SELECT count(*) FROM job_queue WHERE paused_at IS NOT NULL"
    ).fetchone()
    assert paused == 0


def test_the_plan_says_three_lines_before_every_handover() -> None:
    month = load_month()
    assert len(month.said(1, month.handovers_at[0])) == 3
    assert month.fault.text in month.said(month.fault.days[0], month.handovers_at[0])
    assert month.said(month.fault.days[0], month.handovers_at[1]).count(month.fault.text) == 0
