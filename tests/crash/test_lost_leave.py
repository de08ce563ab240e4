"""Somebody takes the leave to read or write away while worker and console run, and gives it back.

No fact is lost, no job is done twice, each says one sentence, and all goes on afterwards.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.local_drafts import FOLDER
from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.errors import StoreForbidden, StoreReadOnly
from storage.evidence.actions import add_document
from storage.handovers.exports import request_export
from storage.handovers.verification import verify_path
from storage.handovers.views import handover
from storage.jobs import actions, views
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.recovery.backing_up import backup
from storage.recovery.examining import examine
from storage.recovery.findings import Code
from tests.builders import a_captain, a_signed_handover
from tests.conftest import store as manned_store  # noqa: F401 - with a vessel and her crew
from tests.console.app.terminal import a_terminal
from tests.crash.leave import as_others_are, shut
from tests.crash.pool import Victim
from tests.worker.waiting import wait_until
from worker.registry import HANDLERS
from worker.runner import Runner
from worker.station import Station

JOBS = 30


@pytest.fixture(autouse=True)
def _modes_hold() -> Iterator[None]:
    with as_others_are():
        yield


def test_a_pool_whose_folder_is_shut_in_mid_work_goes_on_when_it_is_open(
    store: Path, victim_of: Callable[..., Victim]
) -> None:
    """Who was at work and cannot say what came of it leaves; who was idle stays and tries again."""
    victim = victim_of()
    wait_until(lambda: len(victim.workers()) == victim.size)
    at_work = victim.workers()
    for _ in range(JOBS):
        actions.submit(SYSTEM, "sleep", {"seconds": 0.1})
    wait_until(lambda: views.matching(JobQuery(status=JobStatus.COMPLETED)) > 0)
    with shut(store):
        with pytest.raises(StoreReadOnly, match="cannot be written; check permissions"):
            actions.submit(SYSTEM, "debug", {})
        wait_until(lambda: not all(Path(f"/proc/{pid}").exists() for pid in at_work))
    wait_until(lambda: views.matching(JobQuery(status=JobStatus.COMPLETED)) == JOBS)
    completions = ledger.execute_sql(
        "SELECT count(*), count(DISTINCT subject_id) FROM audit_event "
        "WHERE action = 'job.completed' AND outcome = 'done'"
    ).fetchone()
    assert completions == (JOBS, JOBS)
    assert verify().ok
    assert database.quick_check() == []


def work() -> None:
    """What a worker does until nothing is due."""
    station = Station("pool-1")
    try:
        while jobs := actions.claim(station.worker_id):
            Runner(station, HANDLERS, lambda: True).run(jobs)
    finally:
        station.close()


def codes(home: Path) -> set[Code]:
    return {finding.code for check in examine(home) for finding in check.findings}


def test_an_export_into_a_shut_folder_fails_in_a_sentence_and_the_retry_makes_it_whole(
    manned_store: Path,  # noqa: F811
) -> None:
    draft_id = a_signed_handover()
    with shut(manned_store / "handover"):
        work()
        (job,) = views.list_jobs()
        assert job.status is JobStatus.FAILED
        assert "cannot be written; check permissions" in str(job.error)
        assert handover(draft_id).exports == ()
    actions.retry(a_captain().actor, job.job_id)
    work()
    (export,) = handover(draft_id).exports
    assert verify_path(manned_store / export.path).ok


def test_what_may_not_be_read_is_named_by_doctor_by_verify_and_by_a_backup(
    manned_store: Path,  # noqa: F811
) -> None:
    photo = manned_store / "photo.jpg"
    photo.write_bytes(b"jpeg")
    add_document(a_captain().actor, photo)
    draft_id = a_signed_handover()
    work()
    (export,) = handover(draft_id).exports
    with shut(manned_store / export.path):
        said = verify_path(manned_store / export.path)
        (complaint,) = said.checks
        assert (said.ok, complaint.detail) == (False, "it cannot be read: Permission denied")
        assert complaint.name == "handover.json"
        assert Code.FILE_UNREADABLE in codes(manned_store)
        assert any("missing" in one for one in backup(manned_store).record.complaints)
    with shut(manned_store), pytest.raises(StoreForbidden, match="may not look into"):
        examine(manned_store)
    assert Code.FILE_UNREADABLE not in codes(manned_store)


def test_files_that_vanish_between_acts_are_named_and_stop_no_other_export(
    manned_store: Path,  # noqa: F811
) -> None:
    """I14: every export is drawn from the signed snapshot, not from the files of another one."""
    photo = manned_store / "photo.jpg"
    photo.write_bytes(b"jpeg")
    add_document(a_captain().actor, photo)
    draft_id = a_signed_handover()
    next(manned_store.glob("handover/*/sources/*/original")).unlink()
    work()
    (first,) = handover(draft_id).exports
    for name in ("handover.json", "handover.pdf"):
        (manned_store / first.path / name).unlink()
    request_export(a_captain().actor, draft_id, "email", to=["agent@port.example"])
    work()
    assert [job.status for job in views.list_jobs()] == [JobStatus.COMPLETED] * 2
    second = next(one for one in handover(draft_id).exports if one.type == "email")
    assert (manned_store / second.path / "email.eml").stat().st_size > 0
    gone = [f for check in examine(manned_store) for f in check.findings]
    assert sum(found.code is Code.FILE_MISSING for found in gone) == 3


async def test_a_console_whose_folder_is_shut_says_so_and_goes_on_when_it_is_open(
    manned_store: Path,  # noqa: F811
) -> None:
    async with a_terminal(manned_store, a_captain()) as terminal:
        await terminal.goes_to("2", "Press n and say what matters.")
        await terminal.press("n")
        await terminal.type("Bilge pump 2")
        kept_in = manned_store / FOLDER
        await terminal.until(kept_in.exists, "kept")
        with shut(kept_in):
            await terminal.type(" leaks")
            await terminal.sees("This text cannot be kept for later")
        with shut(manned_store):
            await terminal.press("ctrl+s")
            await terminal.says("cannot be written; check permissions")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")
