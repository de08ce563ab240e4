"""I1 in the Jobs place: what a job cannot do now is refused on record when somebody tries."""

from pathlib import Path

import pytest

from storage.audit.filters import read_filter
from storage.audit.views import AuditQuery, list_events
from storage.jobs.states import JobStatus
from storage.jobs.views import show_job
from tests.builders import a_second_officer
from tests.console.app.jobs import a_queued_job
from tests.console.app.terminal import a_terminal


@pytest.mark.parametrize(("key", "action"), [("r", "job.retried"), ("D", "job.decided")])
async def test_i1_what_a_queued_job_cannot_do_is_refused_by_the_store_on_record(
    store: Path, key: str, action: str
) -> None:
    """CONSOLE rule 5"""
    job_id, officer = a_queued_job(), a_second_officer()
    refused = AuditQuery(where=read_filter("outcome:refused"))
    async with a_terminal(store, officer) as terminal:
        await terminal.goes_to("4", "[Jobs]")
        await terminal.until(lambda: terminal.rows.cursor_id, "a row")
        assert list_events(refused) == []
        await terminal.press(key)
        await terminal.until(lambda: list_events(refused), "the refusal")
    (event,) = list_events(refused)
    assert (event.action, event.actor_id, event.subject_id) == (action, officer.id, job_id)
    assert show_job(job_id).status is JobStatus.QUEUED
