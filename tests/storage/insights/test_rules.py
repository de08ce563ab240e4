"""The five rules and the fixed mapping: strict comparisons, inclusive samples, no clock."""

from datetime import date, timedelta

import pytest

from storage.insights.rules import RULES, SUGGESTED, Aggregate, findings, window
from storage.insights.states import Metric, Rule, SuggestionType

TODAY = date(2026, 3, 30)
YESTERDAY = TODAY - timedelta(days=1)


def counted(
    metric: Metric, count: int, base: int | None, *, day: date = TODAY, subject: str = "vessel"
) -> Aggregate:
    return Aggregate(day=day, metric=metric, subject=subject, count=count, base=base)


def raised(*aggregates: Aggregate) -> list[tuple[Rule, str, int, int | None]]:
    return [(f.rule, f.subject, f.count, f.base) for f in findings(aggregates, TODAY)]


def test_a_rate_with_base_0_is_none_and_raises_nothing() -> None:
    quiet = counted(Metric.COMPLETION, 0, 0, day=YESTERDAY)
    assert quiet.rate is None and raised(quiet) == []


@pytest.mark.parametrize(("signed", "watches"), [(1, 5), (2, 10)])
def test_a_completion_rate_of_exactly_a_fifth_is_no_signal(signed: int, watches: int) -> None:
    assert raised(counted(Metric.COMPLETION, signed, watches, day=YESTERDAY)) == []


def test_one_handover_for_six_watches_is_critical() -> None:
    (found,) = findings([counted(Metric.COMPLETION, 1, 6, day=YESTERDAY)], TODAY)
    assert (found.rule, found.severity) == (Rule.LOW_COMPLETION_RATE, "CRITICAL")
    assert (found.first_day, found.last_day) == (YESTERDAY, YESTERDAY)
    assert found.message == "On 2026-03-29 6 watches ended; handovers signed: 1."


def test_the_completion_of_a_day_that_is_not_over_is_not_judged() -> None:
    assert raised(counted(Metric.COMPLETION, 0, 3, day=TODAY)) == []


@pytest.mark.parametrize(
    ("metric", "rule"),
    [
        (Metric.ACCEPTANCE, Rule.LOW_ACCEPTANCE_RATE),
        (Metric.FOLLOW_THROUGH, Rule.LOW_FOLLOW_THROUGH),
    ],
)
def test_below_a_half_of_at_least_ten_in_thirty_days(metric: Metric, rule: Rule) -> None:
    assert raised(counted(metric, 4, 9)) == []
    assert raised(counted(metric, 5, 10)) == []
    assert raised(counted(metric, 4, 10)) == [(rule, "vessel", 4, 10)]
    oldest = TODAY - timedelta(days=29)
    assert raised(counted(metric, 1, 5, day=oldest), counted(metric, 1, 5)) != []
    too_old = oldest - timedelta(days=1)
    assert raised(counted(metric, 1, 5, day=too_old), counted(metric, 1, 5)) == []


def test_above_a_quarter_of_at_least_ten_jobs_of_one_kind_in_seven_days() -> None:
    assert raised(counted(Metric.RETRIES, 9, 9, subject="debug")) == []
    assert raised(counted(Metric.RETRIES, 3, 12, subject="debug")) == []
    two_kinds = [counted(Metric.RETRIES, 3, 6, subject=kind) for kind in ("debug", "sleep")]
    assert raised(*two_kinds) == []
    assert raised(counted(Metric.RETRIES, 4, 12, subject="sleep")) == [
        (Rule.HIGH_RETRY, "sleep", 4, 12)
    ]


def test_the_third_fault_of_the_same_equipment_in_fourteen_days() -> None:
    pump, other = "ENG-05 bilge pump 3", "ENG-05 bilge pump 2"
    first = TODAY - timedelta(days=13)
    twice = [counted(Metric.FAULTS, 1, None, day=day, subject=pump) for day in (first, TODAY)]
    assert raised(*twice, counted(Metric.FAULTS, 1, None, subject=other)) == []
    third = counted(Metric.FAULTS, 1, None, day=YESTERDAY, subject=pump)
    assert raised(*twice, third) == [(Rule.RECURRING_FAULT, pump, 3, None)]


def test_every_rule_has_a_window_and_suggests_something() -> None:
    for rule in Rule:
        first, last = window(rule, TODAY)
        assert (last - first).days + 1 == RULES[rule].days
        assert SUGGESTED[rule]


def test_a_signal_suggests_each_type_once_for_its_target() -> None:
    for mapped in SUGGESTED.values():
        types = [it.type for it in mapped]
        assert len(types) == len(set(types)) and set(types) <= set(SuggestionType)
