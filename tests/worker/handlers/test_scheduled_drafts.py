"""The end of a watch drafts the handover by itself, as a service and never over people's heads."""

from storage.audit.actor import WORKER
from storage.drafts.review import begin_review
from storage.drafts.states import DraftState
from storage.drafts.views import draft, list_drafts
from storage.jobs.record import JobDetail, Origin
from storage.jobs.states import JobStatus, Reason
from storage.jobs.views import show_job
from tests.builders import a_captain, entries
from tests.clock import ShipClock
from tests.storage.schedules.voyage import DRAFTING, tick, utc
from tests.worker.handlers.conftest import drain


def at_the_end_of_the_watch(clock: ShipClock, moment: str) -> JobDetail:
    clock.at = utc(moment)
    (job_id,) = tick(DRAFTING)
    drain()
    return show_job(job_id)


def test_the_end_of_a_watch_leaves_a_draft_that_waits_for_a_person(clock: ShipClock) -> None:
    tick(DRAFTING)
    entries("Port bilge pump leaks at the shaft seal.")
    job = at_the_end_of_the_watch(clock, "03-01 06:00")
    assert (job.status, job.status_reason) == (JobStatus.COMPLETED, Reason.AWAITING_USER)
    assert (job.origin, job.requested_by) == (Origin.SCHEDULED, WORKER.id)
    (made,) = list_drafts()
    assert draft(made.id).state is DraftState.DRAFT


def test_the_next_end_of_watch_leaves_an_unchanged_draft_as_it_is(clock: ShipClock) -> None:
    tick(DRAFTING)
    entries("Port bilge pump leaks at the shaft seal.")
    at_the_end_of_the_watch(clock, "03-01 06:00")
    before = draft(list_drafts()[0].id)
    job = at_the_end_of_the_watch(clock, "03-01 10:00")
    assert (job.status, job.status_reason) == (JobStatus.COMPLETED, Reason.NOTHING_TO_DO)
    assert [draft(one.id) for one in list_drafts()] == [before]


def test_the_end_of_a_watch_leaves_a_review_alone_and_does_not_fail(clock: ShipClock) -> None:
    tick(DRAFTING)
    entries("Port bilge pump leaks at the shaft seal.")
    at_the_end_of_the_watch(clock, "03-01 06:00")
    begin_review(a_captain().actor, list_drafts()[0].id)
    entries("Radar No 2 shows no picture.")
    before = draft(list_drafts()[0].id)
    job = at_the_end_of_the_watch(clock, "03-01 10:00")
    assert (job.status, job.status_reason) == (JobStatus.COMPLETED, Reason.NOTHING_TO_DO)
    assert draft(before.id) == before
