"""handover_generate: the vessel's next draft, or the one she has (DOMAIN §5)."""

import time
from typing import Any

from loguru import logger

from storage.audit.actor import WORKER
from storage.database import now
from storage.drafts.command_age import command_is_stale
from storage.drafts.content import DraftContent, DraftInput
from storage.drafts.gathering import (
    Basis,
    Gathered,
    Window,
    default_window,
    gather_correction,
    gather_entries,
)
from storage.drafts.generation import (
    OpenDraft,
    open_draft,
    write_generated,
    write_regenerated,
)
from storage.drafts.rules import check_generable
from storage.drafts.states import STATE_WORDS, DraftState
from storage.drafts.superseding import planned_correction
from storage.jobs.arguments import HandoverGenerate
from storage.jobs.record import ClaimedJob
from storage.value import Value
from storage.vessel.views import the_vessel
from worker.cores import on_every_core
from worker.handler import NothingToDo, Reporter
from worker.handlers.command_refresh import refresh_within
from worker.handlers.stopwatch import Stopwatch
from worker.pipeline.draft import draft
from worker.pipeline.shares import undivided

SLOW_MS = 30_000
"""DOMAIN §9: a draft that takes longer is worth a warning."""

SHARED_FROM = 200
"""Entries from which reading and comparing them is worth a process for each core."""

CORRECTION_OPEN = "the open draft corrects a signed handover; the next begins when it is signed"


class Assignment(Value):
    """What a draft is to be made of. `draft_id` names the open draft it renews, if any."""

    vessel_id: str
    draft_id: str | None
    basis: Basis
    given: DraftInput
    gather_ms: int


class Drafted(Value):
    """The draft as the pipeline made it, and what each stage took, in milliseconds."""

    vessel_id: str
    draft_id: str | None
    basis: Basis
    content: DraftContent
    timings_ms: dict[str, int]


def gather(job: ClaimedJob) -> Assignment | NothingToDo:
    """The entries of the window, unless the open draft already says all there is to say."""
    asked = job.arguments_as(HandoverGenerate)
    watch = Stopwatch()
    vessel_id = the_vessel().id
    existing = open_draft(vessel_id)
    gathered = _gathered(job, vessel_id, asked, existing)
    if existing is not None:
        if existing.fingerprint == gathered.basis.fingerprint:
            reason = CORRECTION_OPEN if existing.corrects else "no new entries"
            return NothingToDo(result=_result(existing.id, False, reason, {"total": 0}))
        if existing.state is not DraftState.DRAFT:
            return _under_review(job, existing)
    return Assignment(
        vessel_id=vessel_id,
        draft_id=existing.id if existing else None,
        basis=gathered.basis,
        given=gathered.given,
        gather_ms=watch.total_ms(),
    )


def perform(given: Assignment, report: Reporter) -> Drafted:
    """The pipeline: values in, values out."""
    watch = Stopwatch()

    def at_stage(phase: str, current: int, total: int) -> None:
        watch.stage(phase)
        report.phase(phase, current, total, "entries")

    many = given.basis.entries >= SHARED_FROM
    content = draft(given.given, at_stage, on_every_core if many else undivided)
    watch.stage("")
    report.count(entities_read=given.basis.entries)
    return Drafted(
        vessel_id=given.vessel_id,
        draft_id=given.draft_id,
        basis=given.basis,
        content=content,
        timings_ms={"fetch": given.gather_ms, **watch.stages_ms},
    )


def settle(job: ClaimedJob, output: Drafted) -> dict[str, Any]:
    """Write the draft, all or nothing (I6)."""
    begun = time.monotonic()
    ids = {"job_id": job.job_id, "trace_id": job.trace_id}
    if output.draft_id is None:
        draft_id = write_generated(WORKER, output.vessel_id, output.basis, output.content, **ids)
    else:
        draft_id = output.draft_id
        write_regenerated(WORKER, draft_id, output.basis, output.content, **ids)
    if command_is_stale(draft_id):  # the pipeline knows entries, not what people made of them
        refresh_within(job, draft_id)
    timings = {**output.timings_ms, "write": round((time.monotonic() - begun) * 1000)}
    timings["total"] = sum(timings.values())
    if timings["total"] > SLOW_MS:
        logger.warning("the draft took {} ms, over {} ms", timings["total"], SLOW_MS)
    created = output.draft_id is None
    return _result(draft_id, created, "generated" if created else "new entries taken in", timings)


def _under_review(job: ClaimedJob, existing: OpenDraft) -> NothingToDo:
    """The end of a watch leaves people's review alone; a person who asks is told what to do.

    Raises:
        WrongState: a person asked.
    """
    if job.requested_by != WORKER.id:
        check_generable(existing.state)
    reason = f"the open handover is {STATE_WORDS[existing.state]}; its people take in what is new"
    return NothingToDo(result=_result(existing.id, False, reason, {"total": 0}))


def _gathered(
    job: ClaimedJob, vessel_id: str, asked: HandoverGenerate, existing: OpenDraft | None
) -> Gathered:
    """What the next draft is made of, or the correction that is asked for or open already."""
    correction = existing.corrects if existing else None
    if asked.supersedes and not (correction and correction.supersedes == asked.supersedes):
        correction = planned_correction(
            asked.supersedes, asked.reason, requested_by=job.requested_by
        )
    if correction is not None:
        return gather_correction(correction)
    window = _window(vessel_id, asked, existing)
    return gather_entries(vessel_id, window, asked.handover_type)


def _window(vessel_id: str, asked: HandoverGenerate, existing: OpenDraft | None) -> Window:
    usual = default_window(vessel_id, asked.window_to or now())
    start = asked.window_from or (existing.period_from if existing else usual.start)
    return Window(start=min(start, usual.end), end=usual.end)


def _result(
    draft_id: str, created: bool, reason: str, timings_ms: dict[str, int]
) -> dict[str, Any]:
    return {
        "draft_id": draft_id,
        "created": created,
        "reason": reason,
        "timings_ms": timings_ms,
    }
