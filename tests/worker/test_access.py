"""What a job may write is held to by the store, whatever its handler does (JOBS §2)."""

from collections.abc import Callable
from typing import Any

import pytest

from storage.audit.actions import act
from storage.audit.actor import SYSTEM, WORKER
from storage.audit.tables import AuditEvent
from storage.audit.views import verify
from storage.database import read_only
from storage.engine import ledger
from storage.errors import Refused
from storage.jobs import actions, views
from storage.jobs.access import AccessMode
from storage.jobs.kinds import JobKind
from storage.jobs.record import ClaimedJob, JobDetail, Scope
from storage.jobs.states import JobStatus, JobView
from storage.schema import Meta
from tests.worker.test_runner import handler
from worker.runner import Runner
from worker.station import Station

Settle = Callable[[ClaimedJob, Any], dict[str, Any]]
REFRESH = {"draft_id": "d1"}


def run(station: Station, kind: JobKind, arguments: dict[str, Any], settle: Settle,
        scope: Scope | None = None) -> JobDetail:  # fmt: skip
    """Submit a job, run it with this `settle`, and read what became of it."""
    terms: Any = {"scope": scope} if scope else {}
    job_id = actions.submit(SYSTEM, kind, arguments, **terms).job_id
    doing = handler(gather=lambda job: "given", settle=settle)
    Runner(station, {kind: doing}, lambda: False).run_chain(actions.claim(station.worker_id))
    return views.show_job(job_id)


def touch(kind: str, subject_id: str) -> Settle:
    """A `settle` that writes a row in a verb on one subject."""

    def settle(job: ClaimedJob, output: Any) -> dict[str, Any]:
        with act(WORKER, f"{kind}.touched", kind, subject_id):
            Meta.create(name="effect", text=subject_id)
        return {}

    return settle


def past_the_verbs(job: ClaimedJob, output: Any) -> dict[str, Any]:
    ledger.execute_sql("INSERT INTO meta (name, text) VALUES ('effect', '')")
    return {}


def read(job: ClaimedJob, output: Any) -> dict[str, Any]:
    with read_only():
        ledger.execute_sql("SELECT count(*) FROM job").fetchone()
    return {"read": True}


def nothing_was_written() -> bool:
    touched = AuditEvent.select().where(AuditEvent.action.endswith("touched")).count()
    return Meta.get_or_none(Meta.name == "effect") is None and not touched and verify().ok


def is_poisoned(job: JobDetail) -> bool:
    return (job.status, job.status_reason, job.view) == (
        JobStatus.FAILED, "poisoned:access_violation", JobView.POISONED,
    )  # fmt: skip


@pytest.mark.parametrize("settle", [touch("draft", "d1"), touch("job", "x"), past_the_verbs])
def test_an_analysis_that_writes_is_stopped_and_poisoned(station: Station, settle: Settle) -> None:
    done = run(station, JobKind.DEBUG, {}, settle)
    assert done.access_mode is AccessMode.ANALYSIS_ONLY
    assert is_poisoned(done)
    assert nothing_was_written()
    with pytest.raises(Refused, match="retry would only repeat it"):
        actions.retry(SYSTEM, done.job_id)


def test_an_analysis_may_read_what_it_likes(station: Station) -> None:
    assert run(station, JobKind.DEBUG, {}, read).result == {"read": True}


def test_a_scoped_job_writes_what_it_lists(station: Station) -> None:
    done = run(station, JobKind.COMMAND_REFRESH, REFRESH, touch("draft", "d1"))
    assert done.entity_refs == ["draft:d1"]
    assert [(o.op, o.target) for o in done.planned_operations] == [("write", "draft:d1")]
    assert done.status is JobStatus.COMPLETED


@pytest.mark.parametrize(
    "settle", [touch("draft", "d2"), touch("entry", "d1"), touch("draft", "*"), past_the_verbs]
)
def test_a_scoped_job_writes_nothing_else(station: Station, settle: Settle) -> None:
    done = run(station, JobKind.COMMAND_REFRESH, REFRESH, settle)
    assert is_poisoned(done)
    assert nothing_was_written()


def test_a_handler_that_swallows_the_refusal_is_poisoned_all_the_same(station: Station) -> None:
    def settle(job: ClaimedJob, output: Any) -> dict[str, Any]:
        try:
            return touch("draft", "d2")(job, output)
        except Exception:
            return {"looks": "fine"}

    assert is_poisoned(run(station, JobKind.COMMAND_REFRESH, REFRESH, settle))
    assert nothing_was_written()


@pytest.mark.parametrize("mode", [AccessMode.ANALYSIS_ONLY, AccessMode.PREVIEW_ONLY])
def test_a_request_may_ask_for_less_than_the_kind_may(station: Station, mode: AccessMode) -> None:
    scope = Scope(access_mode=mode)
    done = run(station, JobKind.COMMAND_REFRESH, REFRESH, touch("draft", "d1"), scope)
    assert (done.access_mode, done.entity_refs) == (mode, [])
    assert is_poisoned(done)
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("kind", "arguments", "scope"),
    [
        (JobKind.DEBUG, {}, Scope(access_mode=AccessMode.APPLY_SCOPED)),
        (JobKind.DEBUG, {}, Scope(access_mode=AccessMode.PREVIEW_ONLY)),
        (JobKind.COMMAND_REFRESH, REFRESH, Scope(entity_refs=("draft:d2",))),
        (JobKind.COMMAND_REFRESH, REFRESH, Scope(entity_refs=("draft:*",))),
        (JobKind.HANDOVER_GENERATE, {}, Scope(entity_refs=("entry:e1",))),
    ],
)
def test_a_request_never_asks_for_more(
    station: Station, kind: JobKind, arguments: dict[str, Any], scope: Scope
) -> None:
    with pytest.raises(Refused, match=r"access_mode: |entity_refs: "):
        actions.submit(SYSTEM, kind, arguments, scope=scope)
    assert views.list_jobs() == []


def test_a_request_may_narrow_a_kind_to_one_entity(station: Station) -> None:
    scope = Scope(entity_refs=("draft:d1",))
    done = run(station, JobKind.HANDOVER_GENERATE, {}, touch("draft", "d2"), scope)
    assert done.entity_refs == ["draft:d1"]
    assert is_poisoned(done)


@pytest.mark.parametrize(
    ("kind", "arguments", "mode", "refs"),
    [
        (JobKind.DEBUG, {}, AccessMode.ANALYSIS_ONLY, ()),
        (JobKind.COMMAND_REFRESH, REFRESH, AccessMode.APPLY_SCOPED, ("draft:d1",)),
        (JobKind.HANDOVER_GENERATE, {}, AccessMode.APPLY_SCOPED, ("draft:*",)),
    ],
)
def test_a_job_of_a_version_that_listed_nothing_may_do_what_its_kind_may(
    station: Station,
    kind: JobKind,
    arguments: dict[str, Any],
    mode: AccessMode,
    refs: tuple[str, ...],
) -> None:
    """Version 0006 wrote `apply_scoped` and an empty list whatever the kind was."""
    as_version_6_left_it(actions.submit(SYSTEM, kind, arguments).job_id)
    (job,) = actions.claim(station.worker_id)
    assert (job.access_mode, job.entity_refs) == (mode, refs)


def as_version_6_left_it(job_id: str) -> None:
    """Put an older record of the same request in the place of a queued job."""
    columns = [row[1] for row in ledger.execute_sql("PRAGMA table_info(job)").fetchall()]
    older = {
        "job_id": "'older'", "access_mode": "'apply_scoped'", "entity_refs": "'[]'",
        "duplicate_key": "NULL",
    }  # fmt: skip
    chosen = ", ".join(older.get(column, column) for column in columns)
    ledger.execute_sql(f"INSERT INTO job SELECT {chosen} FROM job WHERE job_id = ?", (job_id,))
    actions.cancel(SYSTEM, job_id)
