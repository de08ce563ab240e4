"""Submitting: what is queued, what is refused, what is already there."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.database import now, transaction
from storage.errors import BadInput, TooLong
from storage.jobs import actions, views
from storage.jobs.endings import Account
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import ClaimedJob, Metrics
from storage.jobs.states import JobStatus
from tests.storage.jobs.audit import event_count, events_of

REFUSED = [
    ("dance", {}, {}, "no job kind 'dance'"),
    ("sleep", {"seconds": "soon"}, {}, "seconds: Input should be a valid number"),
    ("sleep", {"seconds": -1}, {}, "seconds: Input should be greater than or equal to 0"),
    ("sleep", {"seconds": float("nan")}, {}, "seconds: Input should be a finite number"),
    ("sleep", {"hours": 1}, {}, "hours: Extra inputs are not permitted"),
    ("handover_regenerate", {}, {}, "draft_id: Field required"),
    ("export_prepare", {"draft_id": "d", "type": "doc", "exporter_id": "p"}, {}, "type: Input"),
    ("handover_generate", {"window_from": "2026-03-01T04:00:00"}, {}, "window_from: Input should"),
    (
        "handover_generate",
        {"window_from": "2026-03-02T00:00:00Z", "window_to": "2026-03-01T00:00:00Z"},
        {},
        "window_from must be before window_to",
    ),
    ("debug", {}, {"priority": -1}, "priority: -1"),
    ("debug", {}, {"priority": 5}, "priority: 5"),
]


@pytest.mark.parametrize(("kind", "arguments", "terms", "words"), REFUSED)
def test_bad_input_is_refused_by_field_and_nothing_is_queued(
    store: Path, operator: Actor, kind: str, arguments: dict, terms: dict, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        actions.submit(operator, kind, arguments, **terms)
    assert views.list_jobs() == []
    assert events_of("") == [("job.submitted", "refused")]


def test_an_enormous_payload_is_refused(store: Path, operator: Actor) -> None:
    recipients = [f"{'x' * 90}@example.org"] * 1000
    with pytest.raises(TooLong, match="at most 64000"):
        actions.submit(
            operator, "export_prepare",
            {"draft_id": "d", "type": "email", "to": recipients, "exporter_id": "p"},
        )  # fmt: skip
    assert views.list_jobs() == []


def test_a_new_job_has_the_whole_record(store: Path, operator: Actor) -> None:
    submitted = actions.submit(operator, "debug", {"message": "hello"})
    detail = views.show_job(submitted.job_id)
    assert submitted.created
    assert detail.status is JobStatus.QUEUED
    assert detail.arguments == {"message": "hello"}
    assert detail.metrics == Metrics()
    assert detail.requested_by_name == "Ada Okafor"
    assert detail.trace_id
    assert detail.workflow_run_id is None
    assert detail.priority == 3
    assert events_of(submitted.job_id) == [("job.submitted", "done")]


def test_submitting_joins_the_callers_transaction(store: Path, operator: Actor) -> None:
    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), transaction():
        actions.submit(operator, "debug", {})
        raise Interrupted
    assert views.list_jobs() == []
    assert event_count() == 0


def test_the_same_key_twice_is_the_same_job(store: Path, operator: Actor) -> None:
    first = actions.submit(operator, "debug", {"message": "1"}, idempotency_key="order-7")
    second = actions.submit(operator, "debug", {"message": "2"}, idempotency_key="order-7")
    assert (second.job_id, second.created, second.reason) == (first.job_id, False, "same_key")
    assert event_count() == 1


def test_the_same_work_twice_is_the_same_job_while_it_is_active(
    store: Path, operator: Actor, claim: Callable[[], ClaimedJob]
) -> None:
    def generate() -> views.Submitted:
        return actions.submit(operator, "handover_generate", {}, vessel_id="aurora")

    first = generate()
    assert generate().reason == "already_active"
    job = claim()
    assert generate().job_id == first.job_id
    actions.complete(job, dict, Account())
    assert generate().created


def test_after_success_the_same_export_cools_down(
    store: Path, operator: Actor, claim: Callable[[], ClaimedJob]
) -> None:
    def export(form: str) -> views.Submitted:
        arguments = {"draft_id": "d1", "type": form, "exporter_id": "crew-1"}
        return actions.submit(operator, "export_prepare", arguments, subject="d1")

    first = export("pdf")
    actions.complete(claim(), dict, Account())
    assert (export("pdf").job_id, export("pdf").reason) == (first.job_id, "cooldown")
    assert export("html").created


def test_a_dry_run_writes_only_its_record(
    store: Path, operator: Actor, worker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I18."""
    monkeypatch.setenv("JOB_DRY_RUN", "1")
    submitted = actions.submit(operator, "debug", {"message": "not really"})
    row = views.show_job(submitted.job_id)
    assert (submitted.reason, row.status_reason) == ("dry_run", "dry_run")
    assert row.status is JobStatus.COMPLETED
    assert row.attempts == []
    assert actions.claim_next(worker) is None
    assert events_of(submitted.job_id) == [("job.submitted", "dry_run")]


def test_a_delayed_job_waits_for_its_time(store: Path, operator: Actor, worker: str) -> None:
    later = now() + timedelta(hours=1)
    actions.submit(operator, "debug", {}, available_at=later)
    assert actions.claim_next(worker) is None
    assert views.next_wake() is not None


@pytest.mark.parametrize("kind", JobKind)
def test_every_kind_is_described_for_people(kind: JobKind) -> None:
    spec = KINDS[kind]
    assert spec.label
    assert spec.sentence.endswith(".")
    assert spec.phases
    assert 0 <= spec.priority <= 4
    assert spec.timeout_s > 0


def test_kinds_that_make_content_are_atomic() -> None:
    content = [spec for spec in KINDS.values() if spec.colour != "diagnostic"]
    assert not any(spec.cancel_running for spec in content)


def test_many_at_once_are_many_jobs_each_with_its_event(store: Path) -> None:
    """I20: one transaction, and still one event for each job."""
    made = actions.submit_many(SYSTEM, "debug", {"message": "x"}, 5, priority=1)
    rows = [views.show_job(job.job_id) for job in made]
    assert len({row.job_id for row in rows}) == 5
    assert {(row.priority, row.status, row.access_mode) for row in rows} == {
        (1, JobStatus.QUEUED, "analysis_only")
    }
    assert all(events_of(row.job_id) == [("job.submitted", "done")] for row in rows)


def test_many_of_what_is_wanted_once_are_one_job(store: Path) -> None:
    made = actions.submit_many(SYSTEM, "handover_generate", {}, 3, vessel_id="aurora")
    assert [job.created for job in made] == [True, False, False]
    assert len({job.job_id for job in made}) == 1


def test_many_with_bad_arguments_queue_nothing(store: Path) -> None:
    with pytest.raises(BadInput):
        actions.submit_many(SYSTEM, "sleep", {"seconds": -1}, 3)
    assert views.list_jobs() == []
