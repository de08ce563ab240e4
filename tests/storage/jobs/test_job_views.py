"""Reading: pages, counts, filters, explanations."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.database import now
from storage.engine import ledger
from storage.errors import NotFound
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.explain import explain, why_no_cancel, why_no_retry
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import JobKind
from storage.jobs.record import (
    ClaimedJob,
    Cursor,
    JobOrder,
    JobQuery,
    JobRow,
    LogEntry,
    Progress,
)
from storage.jobs.states import JobStatus, Reason
from storage.jobs.telemetry import tell

Claim = Callable[[], ClaimedJob]


def debug(message: str = "") -> str:
    return actions.submit(SYSTEM, "debug", {"message": message}).job_id


def test_pages_follow_each_other_without_gap_or_overlap(store: Path) -> None:
    jobs = [debug(str(n)) for n in range(25)]
    seen: list[str] = []
    cursor = None
    while page := views.list_jobs(after=cursor, limit=10):
        seen += [row.job_id for row in page]
        cursor = Cursor(created_at=page[-1].created_at, job_id=page[-1].job_id)
    assert seen == jobs[::-1]


@pytest.mark.parametrize("order", JobOrder)
def test_pages_follow_each_other_in_every_order(store: Path, order: JobOrder) -> None:
    for n in range(7):
        actions.submit(SYSTEM, "sleep" if n % 2 else "debug", {})
    query, seen, cursor = JobQuery(order=order), list[JobRow](), None
    while page := views.list_jobs(query, after=cursor, limit=3):
        seen += page
        last = page[-1]
        cursor = Cursor(created_at=last.created_at, job_id=last.job_id)
    ids = [row.job_id for row in seen]
    assert ids == sorted(set(ids), reverse=order is JobOrder.NEWEST)
    assert len(ids) == 7


def test_counts_are_kept_as_jobs_move(store: Path, operator: Actor, claim: Claim) -> None:
    for _ in range(3):
        debug()
    actions.complete(claim(), dict, Account())
    actions.cancel(operator, debug())
    assert views.counts() == {
        (JobStatus.QUEUED, JobKind.DEBUG): 2,
        (JobStatus.COMPLETED, JobKind.DEBUG): 1,
        (JobStatus.CANCELLED, JobKind.DEBUG): 1,
    }
    assert views.matching(JobQuery(status=JobStatus.QUEUED)) == 2


def test_filters_and_their_count_are_the_same_query(store: Path, claim: Claim) -> None:
    debug("bilge alarm")
    failed = debug("other")
    actions.submit(SYSTEM, "sleep", {"seconds": 0})
    claim()
    actions.fail(claim(), Failure(Reason.ERROR, "E", "no bilge reading"), Account())
    for query, expected in (
        (JobQuery(kind=JobKind.SLEEP), 1),
        (JobQuery(text="bilge"), 2),
        (JobQuery(text=failed), 1),
        (JobQuery(status=JobStatus.FAILED, text="bilge"), 1),
        (JobQuery(since=now() + timedelta(hours=1)), 0),
    ):
        assert len(views.list_jobs(query)) == views.matching(query) == expected


def test_a_running_job_shows_where_it_is_and_what_it_said(store: Path, claim: Claim) -> None:
    debug()
    job = claim()
    line = LogEntry(level="INFO", event="note", message="half way")
    tell(job, Progress(phase="rank", current=3, total=6, counters={"entities_read": 3}), [line])
    row = views.find_job(job.job_id)
    assert row.progress is not None
    assert (row.progress.phase, row.progress.percent) == ("rank", 50)
    assert [entry.message for entry in views.log_of(job.job_id)] == ["half way"]
    assert "in phase rank" in explain(row)


@pytest.mark.aboard
def test_telemetry_leaves_the_store_forcing_its_commits_to_disk(store: Path, claim: Claim) -> None:
    debug()
    tell(claim(), Progress(phase="x"), [])
    assert ledger.execute_sql("PRAGMA synchronous").fetchone()[0] == 2


def test_the_jobs_of_one_thing_are_found_while_they_are_active(store: Path, claim: Claim) -> None:
    job_id = actions.submit(
        SYSTEM, "handover_regenerate", {"draft_id": "d9"}, subject="d9", vessel_id="a"
    ).job_id
    assert [row.job_id for row in views.active_for("draft", "d9")] == [job_id]
    assert views.active_for("handover", "d9") == []
    actions.complete(claim(), dict, Account())
    assert views.active_for("draft", "d9") == []


def test_a_job_that_is_not_there_is_not_found(store: Path) -> None:
    for read in (views.show_job, views.find_job, views.log_of):
        with pytest.raises(NotFound):
            read("nope")


def test_waiting_for_a_job_gives_it_back_as_it_stands(store: Path, claim: Claim) -> None:
    job_id = debug()
    assert views.wait_for(job_id, 0).status is JobStatus.QUEUED
    actions.complete(claim(), dict, Account())
    assert views.wait_for(job_id, 5).status is JobStatus.COMPLETED


def test_workers_are_shown_by_their_lock_and_their_age(store: Path, claim: Claim) -> None:
    debug()
    job = claim()
    (row,) = views.workers()
    assert (row.alive, row.freshness, row.job_id) == (True, "ok", job.job_id)


def test_every_reason_for_waiting_is_explained(
    store: Path, operator: Actor, worker: str, claim: Claim
) -> None:
    def why(job_id: str) -> str:
        return explain(views.find_job(job_id))

    first, second = debug(), debug()
    assert "no job is before it" in why(first)
    assert "1 job is before it" in why(second)
    later = actions.submit(SYSTEM, "debug", {}, available_at=now() + timedelta(days=1)).job_id
    assert "not due before" in why(later)
    actions.pause(operator, Queue.DIAGNOSTICS)
    assert "queue diagnostics is paused" in why(first)
    actions.pause(operator)
    assert "whole engine is paused" in why(first)
    actions.resume(operator)
    actions.resume(operator, Queue.DIAGNOSTICS)
    actions.set_limit(operator, Queue.DIAGNOSTICS, 1)
    running = claim()
    assert "1 of the queue diagnostics may run at once" in why(second)
    assert "running for" in why(running.job_id)


def test_a_lock_is_explained_by_the_job_that_holds_it(store: Path, claim: Claim) -> None:
    actions.submit(SYSTEM, "handover_generate", {}, vessel_id="a")
    holder = claim().job_id
    waiting = actions.submit(
        SYSTEM, "command_refresh", {"draft_id": "d"}, vessel_id="a", subject="d"
    ).job_id
    said = explain(views.find_job(waiting))
    assert said == f"It waits for job {holder}, which holds the vessel lock."


def test_without_a_worker_the_way_to_start_one_is_said(store: Path) -> None:
    assert "`eightbells worker`" in explain(views.find_job(debug()))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason: Reason, store: Path) -> None:
    from storage.jobs.explain import ENDINGS

    states = {Reason.QUEUED, Reason.RETRY, Reason.REQUEUED, Reason.RUNNING}
    assert (reason in ENDINGS) != (reason in states)


def test_a_disabled_action_says_why(store: Path, claim: Claim) -> None:
    row = views.find_job(debug())
    assert why_no_cancel(row) is None
    assert "only a failed job" in (why_no_retry(row) or "")
