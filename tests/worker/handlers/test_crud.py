"""crud and crud_latency: the whole life of a row, or a failure and nothing of it."""

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import AuditQuery, list_events
from storage.engine import ledger
from storage.errors import Failed
from storage.jobs.access import AccessMode
from storage.jobs.kinds import JobKind
from storage.jobs.record import Scope
from storage.jobs.states import JobStatus
from storage.jobs.submission import submit
from storage.jobs.views import show_job
from storage.manifests.scratch import LIFECYCLE, exercise
from storage.manifests.tables import Scratch
from tests.builders import a_second_officer
from tests.worker.handlers.conftest import drain, run
from worker.workflows import receipts

IDS = {"job_id": "j1", "trace_id": "t1"}


def test_the_receipt_tells_every_step_in_order() -> None:
    job = run(JobKind.CRUD, value="Halcyon")
    assert job.status is JobStatus.COMPLETED
    assert job.result == {
        "lifecycle": list(LIFECYCLE), "created": "Halcyon", "updated": "Halcyon changed",
    }  # fmt: skip
    assert list(LIFECYCLE) == receipts.LIFECYCLE


def test_the_late_one_tells_how_long_it_waited() -> None:
    job = run(JobKind.CRUD_LATENCY, value="late", latency_ms=30)
    result = job.result or {}
    assert result["slept_ms"] >= 30
    assert result["lifecycle"] == list(LIFECYCLE)


def test_nothing_remains_but_the_event() -> None:
    job = run(JobKind.CRUD)
    assert Scratch.select().count() == 0
    (event,) = list_events(AuditQuery(action="scratch.exercised"))
    assert (event.subject_id, event.job_id) == (job.job_id, job.job_id)


def test_a_mismatch_fails_the_job_and_keeps_nothing() -> None:
    """A row that changes under its hands: a trigger of this test's own meddles with it."""
    ledger.execute_sql(
        "CREATE TEMP TRIGGER meddle AFTER UPDATE ON main.scratch BEGIN "
        "UPDATE scratch SET value = 'meddled' WHERE value <> 'meddled'; END"
    )
    job = run(JobKind.CRUD, value="mine")
    assert (job.status, job.status_reason) == (JobStatus.FAILED, "error")
    assert "'mine changed'" in (job.error or "") and "'meddled'" in (job.error or "")
    assert job.result is None
    assert Scratch.select().count() == 0


def test_a_row_that_does_not_go_is_a_failure() -> None:
    ledger.execute_sql(
        "CREATE TEMP TRIGGER undead AFTER DELETE ON main.scratch BEGIN "
        "INSERT INTO scratch VALUES (OLD.job_id, OLD.value); END"
    )
    with pytest.raises(Failed, match="was to hold None"):
        exercise(WORKER, "a", "b", **IDS)


def test_a_request_for_analysis_may_not_write() -> None:
    scope = Scope(access_mode=AccessMode.ANALYSIS_ONLY)
    job_id = submit(a_second_officer().actor, JobKind.CRUD, {}, scope=scope).job_id
    drain()
    assert show_job(job_id).status_reason == "poisoned:access_violation"
