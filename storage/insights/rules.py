"""The five signals, what is suggested because of each, and who may decide (pure; JOBS §8).

Everything here is a function of the daily aggregates and of a date: the same days give the same
signals whoever asks, and however often.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from storage.insights.states import Metric, Rule, Scope, SignalSeverity, SuggestionType
from storage.value import Value

KEPT_DAYS = 90
"""Raw events are kept so long; what is strictly older may be pruned (DOMAIN §8)."""

WHOLE_VESSEL = "vessel"
"""The subject of what is counted for the vessel as a whole."""


class Aggregate(Value):
    """One count of one UTC day. `base` None: a plain count that has no rate.

    `subject`: `WHOLE_VESSEL`, a kind of job, or domain and equipment.
    """

    day: date
    metric: Metric
    subject: str = WHOLE_VESSEL
    count: int
    base: int | None = None

    @property
    def rate(self) -> float | None:
        """Count by base; None when there is no base, or when it is 0."""
        return self.count / self.base if self.base else None


class Finding(Value):
    """A signal about to be raised: what the days from `first` to `last` add up to."""

    rule: Rule
    subject: str
    first_day: date
    last_day: date
    severity: SignalSeverity
    count: int
    base: int | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSpec:
    """One line of the table of JOBS §8. `days` end today, or with the last whole day.

    `least`: the base there has to be at least, itself included. `shows`: whether count and base are
    worth a signal; comparisons are strict and exact.
    """

    metric: Metric
    days: int
    severity: SignalSeverity
    sentence: str
    shows: Callable[[int, int], bool]
    least: int = 1
    whole_days: bool = False


def _below(share: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: Fraction(count, base) < share


def _above(share: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: Fraction(count, base) > share


RULES: dict[Rule, RuleSpec] = {
    Rule.LOW_COMPLETION_RATE: RuleSpec(
        metric=Metric.COMPLETION, days=1, severity=SignalSeverity.CRITICAL,
        sentence="On {last} {base} watches ended; handovers signed: {count}.",
        shows=_below(Fraction(20, 100)), whole_days=True,
    ),
    Rule.LOW_ACCEPTANCE_RATE: RuleSpec(
        metric=Metric.ACCEPTANCE, days=30, severity=SignalSeverity.WARNING,
        sentence="From {first} to {last} {count} of {base} drafted items were kept unedited.",
        shows=_below(Fraction(50, 100)), least=10,
    ),
    Rule.LOW_FOLLOW_THROUGH: RuleSpec(
        metric=Metric.FOLLOW_THROUGH, days=30, severity=SignalSeverity.WARNING,
        sentence="From {first} to {last} {base} items were carried on and {count} resolved.",
        shows=_below(Fraction(50, 100)), least=10,
    ),
    Rule.HIGH_RETRY: RuleSpec(
        metric=Metric.RETRIES, days=7, severity=SignalSeverity.WARNING,
        sentence="From {first} to {last} {count} of {base} {subject} jobs had to be tried again.",
        shows=_above(Fraction(25, 100)), least=10,
    ),
    Rule.RECURRING_FAULT: RuleSpec(
        metric=Metric.FAULTS, days=14, severity=SignalSeverity.WARNING,
        sentence="From {first} to {last} a fault was recorded {count} times: {subject}.",
        shows=lambda count, base: count >= 3, least=0,
    ),
}  # fmt: skip


def window(rule: Rule, today: date) -> tuple[date, date]:
    """The first and last UTC day a rule looks at.

    What has to happen after a watch ends cannot be missed before its day is over, so the completion
    rate is that of the newest whole day.
    """
    spec = RULES[rule]
    last = today - timedelta(days=1) if spec.whole_days else today
    return last - timedelta(days=spec.days - 1), last


def findings(aggregates: Iterable[Aggregate], today: date) -> list[Finding]:
    """Every signal the days show, in the order of the rules and then by subject."""
    days = list(aggregates)
    return [
        finding
        for rule in RULES
        for finding in _findings(rule, *window(rule, today), days)
    ]  # fmt: skip


def _findings(
    rule: Rule, first: date, last: date, aggregates: Iterable[Aggregate]
) -> list[Finding]:
    spec, sums = RULES[rule], defaultdict[str, list[int]](lambda: [0, 0])
    for it in aggregates:
        if it.metric is spec.metric and first <= it.day <= last:
            sums[it.subject][0] += it.count
            sums[it.subject][1] += it.base or 0
    return [
        Finding(
            rule=rule, subject=subject, first_day=first, last_day=last, severity=spec.severity,
            count=count, base=base if spec.least else None,
            message=spec.sentence.format(
                first=first, last=last, subject=subject, count=count, base=base
            ),
        )
        for subject, (count, base) in sorted(sums.items())
        if base >= spec.least and spec.shows(count, base)
    ]  # fmt: skip


class Mapped(Value):
    """What is suggested because of a signal; `sentence` is for people."""

    scope: Scope
    type: SuggestionType
    severity: SignalSeverity
    sentence: str


SUGGESTED: Mapping[Rule, tuple[Mapped, ...]] = {
    Rule.LOW_COMPLETION_RATE: (
        Mapped(
            scope=Scope.HANDOVER, type=SuggestionType.PROPOSE_ENTRY,
            severity=SignalSeverity.CRITICAL,
            sentence="Record that watches ended without a signed handover.",
        ),
    ),
    Rule.LOW_ACCEPTANCE_RATE: (
        Mapped(
            scope=Scope.DRAFT, type=SuggestionType.REGENERATE, severity=SignalSeverity.WARNING,
            sentence="Collect what people changed in drafted items, beside what was drafted.",
        ),
    ),
    Rule.LOW_FOLLOW_THROUGH: (
        Mapped(
            scope=Scope.HANDOVER, type=SuggestionType.PROPOSE_ENTRY,
            severity=SignalSeverity.WARNING,
            sentence="Record that items are carried on and seldom resolved.",
        ),
    ),
    Rule.HIGH_RETRY: (
        Mapped(
            scope=Scope.JOB, type=SuggestionType.REGENERATE, severity=SignalSeverity.WARNING,
            sentence="Collect why these jobs had to be tried again.",
        ),
    ),
    Rule.RECURRING_FAULT: (
        Mapped(
            scope=Scope.ENTRY, type=SuggestionType.PROPOSE_ENTRY, severity=SignalSeverity.WARNING,
            sentence="Record that the fault keeps coming back.",
        ),
        Mapped(
            scope=Scope.ENTRY, type=SuggestionType.REGENERATE, severity=SignalSeverity.WARNING,
            sentence="Collect the history of the fault in the words of those who recorded it.",
        ),
    ),
}  # fmt: skip
"""The fixed mapping signal → (scope, type, severity); no clock and no chance in it."""
