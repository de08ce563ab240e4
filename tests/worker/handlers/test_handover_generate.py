"""Generating: all or nothing, idempotent, and never over people's heads."""

from storage.audit.views import AuditQuery, list_events
from storage.drafts.editing import edit
from storage.drafts.review import answer, begin_review
from storage.drafts.states import Answer, DraftState
from storage.drafts.views import DraftView, draft, list_drafts
from storage.engine import ledger
from storage.entries.actions import suppress
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import ClaimedJob, JobDetail
from storage.jobs.states import JobStatus
from tests.builders import a_second_officer, entries, many_entries
from tests.clock import ShipClock
from tests.worker.handlers.conftest import generated, run
from worker.handlers.handover_generate import gather, perform

LEAK = "Port bilge pump leaks at the shaft seal."
SAME = "Port bilge pump is leaking at the shaft seal."
GUEST = "Guest in cabin 3 wants no seafood."


def texts(view: DraftView) -> set[str]:
    return {i.text for s in view.sections if s.bucket != "Command" for i in s.items}


def command_of(view: DraftView) -> list[str]:
    return [i.text for s in view.sections if s.bucket == "Command" for i in s.items]


def test_a_draft_holds_every_entry_of_the_watch_in_state_draft() -> None:
    entries(LEAK, GUEST)
    view = draft(generated())
    assert view.state is DraftState.DRAFT
    assert texts(view) == {LEAK, GUEST}


def test_the_worker_is_the_actor_of_the_draft_and_names_the_job() -> None:
    entries(LEAK)
    job = run(JobKind.HANDOVER_GENERATE)
    (event,) = list_events(AuditQuery(action="draft.generated"))
    assert (event.actor_kind, event.job_id) == ("service", job.job_id)
    assert event.trace_id == job.trace_id


def test_the_result_names_the_draft_and_what_each_stage_took() -> None:
    entries(LEAK)
    result = run(JobKind.HANDOVER_GENERATE).result
    assert result is not None
    assert set(result) == {"draft_id", "created", "reason", "timings_ms"}
    assert {"fetch", "duplicates", "write", "total"} <= set(result["timings_ms"])


def test_the_phases_the_registry_names_are_those_the_pipeline_goes_through() -> None:
    entries(LEAK)
    result = run(JobKind.HANDOVER_GENERATE).result
    assert result is not None
    stages = [stage for stage in result["timings_ms"] if stage not in ("fetch", "write", "total")]
    assert sorted(stages) == sorted(KINDS[JobKind.HANDOVER_GENERATE].phases)


def test_i6_generating_again_without_new_entries_writes_nothing() -> None:
    entries(LEAK)
    first = generated()
    before = draft(first)
    again = run(JobKind.HANDOVER_GENERATE)
    assert again.status is JobStatus.COMPLETED
    assert again.result is not None
    assert (again.result["draft_id"], again.result["created"]) == (first, False)
    assert draft(first) == before
    assert len(list_events(AuditQuery(action="draft."))) == 1


def test_new_entries_renew_a_draft_nobody_reviews_yet(clock: ShipClock) -> None:
    entries(LEAK)
    first = generated()
    clock.advance(minutes=5)
    entries(GUEST)
    assert generated() == first
    assert texts(draft(first)) == {LEAK, GUEST}


def test_i5_a_draft_in_review_is_not_replaced_and_the_job_says_why(clock: ShipClock) -> None:
    entries(LEAK)
    draft_id = generated()
    begin_review(a_second_officer().actor, draft_id)
    clock.advance(minutes=5)
    entries(GUEST)
    job = run(JobKind.HANDOVER_GENERATE)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert "in review; regenerate it" in job.error
    assert [d.id for d in list_drafts()] == [draft_id]


def test_i6_the_same_entries_give_the_same_bytes() -> None:
    many_entries(40)
    entries(LEAK, SAME, GUEST)
    job = run(JobKind.HANDOVER_GENERATE)
    assert job.status is JobStatus.COMPLETED
    ledger.execute_sql("UPDATE draft SET fingerprint = ?", ("0" * 64,))
    claimed = _as_claimed(job)
    one, two = (perform(gather(claimed), _Silent()).content for _ in range(2))
    assert one.model_dump_json() == two.model_dump_json()


def test_i7_regeneration_keeps_the_draft_and_what_people_wrote(clock: ShipClock) -> None:
    entries(LEAK, GUEST)
    draft_id, actor = generated(), a_second_officer().actor
    begin_review(actor, draft_id)
    guest = next(i for i in draft(draft_id).items().values() if i.text == GUEST)
    edit(actor, guest.id, "Guest in cabin 3: no seafood, no shellfish.")
    clock.advance(minutes=5)
    (late,) = entries("Windlass brake slips at 3 shackles.")
    job = run(JobKind.HANDOVER_REGENERATE, draft_id=draft_id)
    assert job.result is not None
    assert (job.result["draft_id"], job.result["created"]) == (draft_id, False)
    view = draft(draft_id)
    assert view.state is DraftState.IN_REVIEW
    assert texts(view) == {LEAK, "Guest in cabin 3: no seafood, no shellfish.", late.narrative}
    assert view.items()[guest.id].edits[0].original == GUEST


def test_i7_command_tells_of_the_items_as_people_left_them_after_a_regeneration() -> None:
    """Nobody has to ask for Command once more: it takes in the answers that were kept."""
    entries(LEAK, SAME)
    draft_id, actor = generated(), a_second_officer().actor
    begin_review(actor, draft_id)
    (proposal,) = draft(draft_id).merge_proposals
    answer(actor, proposal.id, Answer.MERGE)
    run(JobKind.COMMAND_REFRESH, draft_id=draft_id)
    told = command_of(draft(draft_id))
    assert told and all(text.startswith("1 ") for text in told)
    run(JobKind.HANDOVER_REGENERATE, draft_id=draft_id)
    view = draft(draft_id)
    assert not view.command_stale
    assert command_of(view) == told


def test_regeneration_leaves_out_what_was_suppressed_meanwhile() -> None:
    leak, _ = entries(LEAK, GUEST)
    draft_id, actor = generated(), a_second_officer().actor
    suppress(actor, leak.id, reason="logged twice")
    run(JobKind.HANDOVER_REGENERATE, draft_id=draft_id)
    assert texts(draft(draft_id)) == {GUEST}


def test_i8_command_refresh_touches_command_only() -> None:
    entries("Fire detection panel loop 2 open circuit fault, not covered.", GUEST)
    draft_id, actor = generated(), a_second_officer().actor
    begin_review(actor, draft_id)
    before = [s for s in draft(draft_id).sections if s.bucket != "Command"]
    job = run(JobKind.COMMAND_REFRESH, draft_id=draft_id)
    assert job.status is JobStatus.COMPLETED
    assert [s for s in draft(draft_id).sections if s.bucket != "Command"] == before


def test_a_watch_without_entries_gives_an_empty_draft_not_an_error() -> None:
    view = draft(generated())
    assert view.sections == ()
    assert {slot.state for slot in view.completeness} == {"not_covered"}


class _Silent:
    """A reporter nobody listens to."""

    def phase(self, name: str, current: int = 0, total: int | None = None, unit: str = "") -> None:
        """Say nothing."""

    def count(self, **counters: int) -> None:
        """Count nothing."""


def _as_claimed(job: JobDetail) -> ClaimedJob:
    """The job as the worker that ran it had it in hand."""
    return ClaimedJob(
        job_id=job.job_id, attempt_id=job.attempts[0].attempt_id, number=1, kind=job.kind,
        arguments=job.arguments, trace_id=job.trace_id, vessel_id=job.vessel_id,
        subject=job.subject, requested_by=job.requested_by,
        requested_by_name=job.requested_by_name, timeout_s=60,
    )  # fmt: skip
