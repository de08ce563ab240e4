"""One job through the straight line, in this process with a real store and a real child."""

import os
from types import SimpleNamespace
from typing import Any

import pytest

from storage.audit.actor import SYSTEM
from storage.audit.tables import AuditEvent
from storage.database import transaction
from storage.engine import ledger
from storage.errors import StoreFull, WrongState
from storage.jobs import actions, views
from storage.jobs.kinds import JobKind
from storage.jobs.record import ClaimedJob, JobDetail
from storage.jobs.states import JobStatus, Reason
from storage.schema import Meta
from worker import batch
from worker.handler import Handler, NothingToDo, Reporter
from worker.runner import Runner
from worker.station import Station
from worker.supervisor import Supervisor


def handler(**parts: Any) -> Handler:
    """A handler that echoes, but for the parts given."""
    usual: dict[str, Any] = {
        "gather": lambda job: job.arguments["message"],
        "perform": lambda given, report: given,
        "settle": lambda job, output: {"echo": output},
    }
    return SimpleNamespace(**{**usual, **parts})


def run(station: Station, doing: Handler, **terms: Any) -> JobDetail:
    """Submit a debug job, run it with this handler, and read what became of it."""
    job_id = actions.submit(SYSTEM, "debug", {"message": "hello"}, **terms).job_id
    job = actions.claim_next(station.worker_id)
    assert job is not None
    Runner(station, {JobKind.DEBUG: doing}, lambda: False).run([job])
    return views.show_job(job_id)


def a_row() -> bool:
    return Meta.get_or_none(Meta.name == "effect") is not None


def leave_a_row(job: ClaimedJob, output: Any) -> dict[str, Any]:
    Meta.create(name="effect", text=str(output))
    return {"echo": output}


def test_gather_perform_settle(station: Station) -> None:
    done = run(station, handler())
    assert (done.status, done.status_reason) == (JobStatus.COMPLETED, "completed")
    assert done.result == {"echo": "hello"}
    assert done.metrics.duration_ms > 0
    assert [line.event for line in done.log] == ["start", "summary"]


@pytest.mark.parametrize("part", ["gather", "perform", "settle"])
def test_an_error_anywhere_fails_the_job_and_nothing_of_it_is_kept(
    station: Station, part: str
) -> None:
    def boom(*given: Any) -> Any:
        if part == "settle":
            leave_a_row(*given)
        raise ValueError(f"boom in {part}")

    done = run(station, handler(**{part: boom}))
    assert (done.status, done.status_reason) == (JobStatus.FAILED, "error")
    assert done.error == f"boom in {part}"
    assert "Traceback" in (done.attempts[0].traceback or "")
    assert [line.level for line in done.log] == ["INFO", "ERROR"]
    assert not a_row()


@pytest.mark.parametrize("part", ["gather", "perform", "settle"])
def test_a_refusal_anywhere_ends_the_job_with_its_sentence(station: Station, part: str) -> None:
    def refuse(*given: Any) -> Any:
        raise WrongState(why="The draft is accepted; nothing is generated over it.")

    done = run(station, handler(**{part: refuse}))
    assert (done.status, done.status_reason) == (JobStatus.FAILED, "refused")
    assert done.error == "The draft is accepted; nothing is generated over it."


def test_nothing_to_do_completes_without_a_child(station: Station) -> None:
    def perform(given: Any, report: Reporter) -> None:
        raise AssertionError("no child was needed")

    nothing = NothingToDo(result={"draft_id": "d1", "created": False})
    done = run(station, handler(gather=lambda job: nothing, perform=perform))
    assert (done.status, done.status_reason) == (JobStatus.COMPLETED, "nothing_to_do")
    assert done.result == {"draft_id": "d1", "created": False}


@pytest.mark.parametrize("receipt", [{"when": object()}, {"share": float("nan")}, {1, 2}])
def test_a_result_json_cannot_hold_fails_the_job(station: Station, receipt: Any) -> None:
    def settle(job: ClaimedJob, output: Any) -> Any:
        leave_a_row(job, output)
        return receipt

    done = run(station, handler(settle=settle))
    assert done.status is JobStatus.FAILED
    assert not a_row()


def test_an_issue_is_not_a_failure(station: Station) -> None:
    def perform(given: Any, report: Reporter) -> str:
        report.issue("one sensor is silent")
        return "done"

    done = run(station, handler(perform=perform))
    assert (done.status, done.status_reason) == (JobStatus.COMPLETED, "completed_with_issues")
    assert "one sensor is silent" in [line.message for line in done.log]


def test_gather_cannot_write(station: Station) -> None:
    def gather(job: ClaimedJob) -> str:
        ledger.execute_sql("INSERT INTO meta (name, text) VALUES ('effect', '')")
        return "never"

    done = run(station, handler(gather=gather))
    assert done.status is JobStatus.FAILED
    assert not a_row()


def test_the_child_cannot_reach_the_store(station: Station) -> None:
    def perform(given: Any, report: Reporter) -> str:
        with transaction():
            Meta.create(name="effect", text="from the child")
        return "written"

    run(station, handler(perform=perform))
    assert not a_row()


def test_a_dry_run_in_the_worker_does_nothing(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I18."""
    job_id = actions.submit(SYSTEM, "debug", {"message": "x"}).job_id
    job = actions.claim_next(station.worker_id)
    assert job is not None
    monkeypatch.setenv("JOB_DRY_RUN", "1")
    Runner(station, {JobKind.DEBUG: handler(settle=leave_a_row)}, lambda: False).run([job])
    assert views.find_job(job_id).status_reason == "dry_run"
    assert not a_row()
    last = AuditEvent.select().order_by(AuditEvent.seq.desc()).first()
    assert (last.action, last.outcome) == ("job.completed", "dry_run")


def test_arguments_that_are_no_longer_valid_poison_the_job(station: Station) -> None:
    job_id = actions.submit(SYSTEM, "sleep", {"seconds": 1}).job_id
    job = actions.claim_next(station.worker_id)
    assert job is not None
    damaged = job.model_copy(update={"arguments": {"seconds": "never"}})
    Runner(station, {JobKind.SLEEP: handler()}, lambda: False).run([damaged])
    assert views.find_job(job_id).status_reason == "poisoned:arguments"


def test_a_result_that_comes_after_the_rescue_is_refused(station: Station) -> None:
    """I3: given up while it ran; the late result changes nothing and the refusal is on record."""
    taken: list[ClaimedJob] = []

    def gather(job: ClaimedJob) -> str:
        taken.append(job)
        return "late"

    def settle(job: ClaimedJob, output: str) -> dict[str, Any]:
        raise AssertionError("a lost attempt never settles")

    job_id = actions.submit(SYSTEM, "debug", {"message": "x"}).job_id
    job = actions.claim_next(station.worker_id)
    assert job is not None
    actions.give_up(SYSTEM, job.job_id, job.attempt_id, "thought dead")
    doing = handler(gather=gather, settle=settle)
    assert Runner(station, {JobKind.DEBUG: doing}, lambda: False).run([job]) == []
    assert taken == [job]
    row = views.show_job(job_id)
    assert (row.status, row.status_reason) == (JobStatus.QUEUED, Reason.REQUEUED)
    assert [a.reason for a in row.attempts] == ["worker_lost"]
    last = AuditEvent.select().order_by(AuditEvent.seq.desc()).first()
    assert (last.action, last.outcome) == ("job.settled", "refused")


def test_stopping_at_once_gives_the_job_back(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: Any, **more: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(Supervisor, "run", interrupted)
    job_id = actions.submit(SYSTEM, "debug", {"message": "x"}).job_id
    job = actions.claim_next(station.worker_id)
    assert job is not None
    with pytest.raises(KeyboardInterrupt):
        Runner(station, {JobKind.DEBUG: handler()}, lambda: False).run([job])
    assert views.find_job(job_id).status_reason == "requeued"


def test_a_worker_that_cannot_write_leaves(station: Station) -> None:
    def settle(job: ClaimedJob, output: Any) -> dict[str, Any]:
        raise StoreFull(home="here")

    with pytest.raises(SystemExit):
        run(station, handler(settle=settle))
    (row,) = views.list_jobs()
    assert row.status is JobStatus.RUNNING  # its lock goes with the worker; then it is rescued


def test_the_next_job_is_taken_with_the_end_of_the_one_before(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "PATIENCE_S", 600)
    for n in range(5):
        actions.submit(SYSTEM, "debug", {"message": str(n)})
    first = actions.claim_next(station.worker_id)
    assert first is not None
    Runner(station, {JobKind.DEBUG: handler()}, lambda: True).run_chain([first])
    assert {row.status for row in views.list_jobs()} == {JobStatus.COMPLETED}
    assert os.getpid() == views.show_job(first.job_id).attempts[0].pid
