"""What is told, what is held back, and that the reader of the log loses and repeats nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import database
from storage.alerts import routing, views
from storage.alerts.rules import Bucket, Verdict, alert_of, route
from storage.alerts.states import Severity
from storage.audit.views import list_events
from storage.jobs.actions import rescue_lost, submit
from storage.jobs.states import Reason
from tests.builders import a_second_officer
from tests.clock import START, ShipClock
from tests.console.app.jobs import a_running_job, a_worker
from tests.storage.alerts.conftest import Fail

MINUTE = timedelta(minutes=1)


def told() -> list[tuple[str, str, int]]:
    """Severity, message and held-back count of what was told, oldest first."""
    found = views.told(everything=True)
    return [(a.severity.value, a.message, a.suppressed) for a in reversed(found)]


@pytest.mark.parametrize(
    ("since_told", "verdict"),
    [
        (timedelta(0), Verdict.DUPLICATE),
        (10 * MINUTE - timedelta(microseconds=1), Verdict.DUPLICATE),
        (10 * MINUTE, Verdict.TOLD),
        (-MINUTE, Verdict.TOLD),
    ],
)
def test_the_same_alert_is_told_once_in_ten_minutes_from_the_first(
    since_told: timedelta, verdict: Verdict
) -> None:
    assert route(START + since_told, START, None)[0] is verdict


def test_five_different_ones_are_told_at_once_and_then_one_every_five_seconds() -> None:
    bucket: Bucket | None = None
    verdicts = []
    for tenth in range(151):
        verdict, bucket = route(START + timedelta(seconds=tenth / 10), None, bucket)
        verdicts.append(verdict is Verdict.TOLD)
    assert verdicts.count(True) == 5 + 3
    assert verdicts[:6] == [True] * 5 + [False]


def test_a_bucket_gains_nothing_from_a_clock_that_was_put_back() -> None:
    verdict, bucket = route(START - timedelta(hours=1), None, Bucket(400, START))
    assert verdict is Verdict.LIMITED and bucket is not None
    assert route(START - timedelta(hours=1) + timedelta(seconds=3), None, bucket)[0] is Verdict.TOLD


@pytest.mark.parametrize(
    ("reason", "severity", "title"),
    [
        ("error", Severity.ERROR, "Sleep failed"),
        ("poisoned:arguments", Severity.ERROR, "Sleep failed"),
        ("timed_out", Severity.CRITICAL, "Sleep timed out"),
        ("outcome_unknown", Severity.ERROR, "Sleep: outcome unknown"),
    ],
)
def test_a_failure_is_an_error_and_a_time_out_is_critical(
    reason: str, severity: Severity, title: str
) -> None:
    alert = alert_of("Sleep", {"reason": reason, "error": "why"})
    assert alert is not None
    assert (alert.severity, alert.title, alert.message) == (severity, title, "why")


@pytest.mark.parametrize(
    "detail",
    [
        {"reason": "worker_lost", "requeued": True},
        {"reason": "not_begun", "requeued": False},
    ],
)
def test_what_runs_again_or_never_began_asks_for_no_alert(detail: dict[str, Any]) -> None:
    assert alert_of("Sleep", detail) is None


def test_a_job_that_runs_again_by_itself_is_no_alert(store: Path) -> None:
    with a_worker():
        a_running_job()
    assert rescue_lost()
    assert routing.route_new() == 1
    assert views.told() == []


def test_a_failed_job_is_told_with_the_event_it_rests_on(failing: Fail) -> None:
    job_id = failing("the pump is dry")
    failing("it took too long", Reason.TIMED_OUT)
    routing.route_new()
    assert told() == [("error", "the pump is dry", 0), ("critical", "it took too long", 0)]
    oldest = views.told()[-1]
    (event,) = [e for e in list_events() if e.seq == oldest.audit_seq]
    assert (oldest.job_id, event.action, event.subject_id) == (job_id, "job.failed", job_id)


def test_what_is_held_back_is_counted_where_it_was_told(failing: Fail, clock: ShipClock) -> None:
    for _ in range(4):
        failing("the pump is dry")
    for n in range(6):
        failing(f"another thing, {n}")
    routing.route_new()
    assert told() == [
        ("error", "the pump is dry", 3),
        *(("error", f"another thing, {n}", 0) for n in range(3)),
        ("error", "another thing, 3", 2),
    ]
    clock.advance(minutes=10)
    failing("the pump is dry")
    routing.route_new()
    assert told()[-1] == ("error", "the pump is dry", 0)


def test_the_window_and_the_bucket_outlive_the_process(
    failing: Fail, store: Path, clock: ShipClock
) -> None:
    failing("the pump is dry")
    routing.route_new()
    database.close()
    database.open_store(store, clock=clock)
    clock.advance(minutes=9)
    failing("the pump is dry")
    routing.route_new()
    assert told() == [("error", "the pump is dry", 1)]


def test_a_crash_between_reading_and_telling_neither_loses_nor_repeats(failing: Fail) -> None:
    failing("the pump is dry")
    with pytest.raises(RuntimeError, match="power cut"), database.transaction():
        routing.route_new()
        raise RuntimeError("power cut")
    assert told() == []
    assert [routing.route_new(), routing.route_new()] == [1, 0]
    assert told() == [("error", "the pump is dry", 0)]


def test_a_long_log_is_read_in_parts(failing: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "AT_ONCE", 2)
    for n in range(5):
        failing(f"thing {n}")
    assert [routing.route_new() for _ in range(4)] == [2, 2, 1, 0]
    assert [message for _, message, _ in told()] == [f"thing {n}" for n in range(5)]


def test_a_log_that_says_nothing_of_failures_is_read_to_its_end_without_a_word(
    store: Path,
) -> None:
    submit(a_second_officer().actor, "debug", {})
    assert routing.route_new() == 0
    assert routing.route_new() == 0
    assert views.told() == []
