"""The verbs of `draft` that make one and show it."""

from datetime import datetime
from typing import Annotated, Any

import typer

from console.cli.answer import Answer, note
from console.cli.nouns.draft_show import concise, draft_lines, section_lines
from console.cli.nouns.draft_verbs import AN_ID, verbs
from console.cli.options import As, DraftId, From, Limit, MaybeAs, To, Wait
from console.cli.people import acting
from console.cli.waiting import completed
from console.cli.words import both_times, facts, listed, table
from storage.drafts import review as reviewing
from storage.drafts import views
from storage.drafts.content import HandoverType
from storage.drafts.requesting import request_draft, request_renewal
from storage.drafts.states import STATE_WORDS
from storage.drafts.superseding import request_correction
from storage.drafts.views import DraftView
from storage.errors import NotFound
from storage.handovers.correcting import superseded
from storage.handovers.notices import notices_of
from storage.handovers.printing import request_print
from storage.handovers.snapshot import BANNER
from storage.handovers.views import last_decline, missing_to_accept
from storage.jobs.kinds import JobKind
from storage.jobs.record import Submitted
from storage.taxonomy.domains import Bucket
from storage.taxonomy.roles import Role
from storage.vessel.views import the_vessel


@verbs.verb("generate", "eightbells draft generate --wait")
def generate(
    start: From = None,
    end: To = None,
    handover_type: Annotated[
        HandoverType, typer.Option("--type", help="Whose completeness list applies.")
    ] = HandoverType.BRIDGE_WATCH,
    supersedes: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Correct this signed handover; needs --as and --reason."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="What was wrong; it is printed.")] = "",
    who: MaybeAs = None,
    wait: Wait = False,
) -> Answer:
    """Draft the handover from the entries since the last one, of a period, or as a correction."""
    if supersedes is not None:
        _check_no_window(start, end)
        return _drafting(request_correction(acting(who), supersedes, reason=reason), wait)
    if reason:
        raise typer.BadParameter("--reason goes with --supersedes.")
    arguments = {"window_from": start, "window_to": end, "handover_type": handover_type}
    vessel_id = the_vessel().id
    return _drafting(request_draft(acting(who), vessel_id, arguments), wait)


@verbs.verb("list", "eightbells draft list")
def list_some(limit: Limit = 200) -> Answer:
    """List drafts, newest first."""
    found = views.list_drafts(limit=limit)
    rows = [
        (d.id, STATE_WORDS[d.state], d.handover_type.replace("_", " "), both_times(d.created_at))
        for d in found
    ]
    none = "There is no draft yet; `draft generate` makes one."
    return Answer(found, table(("id", "state", "type", "made"), rows, none))


@verbs.verb("show", f"eightbells draft show {AN_ID} --role captain")
def show(
    draft_id: DraftId,
    role: Annotated[Role | None, typer.Option(help="In the order this role reads it.")] = None,
    section: Annotated[Bucket | None, typer.Option(help="Only this section.")] = None,
) -> Answer:
    """Show a draft: sections, merge proposals, conflicts, completeness."""
    found = _only(views.draft(draft_id, role=role), section)
    corrected = superseded(draft_id)
    value = concise(found) | ({"supersedes": corrected} if corrected else {})
    untold = dict.fromkeys(n.person for n in notices_of(draft_id) if n.seen_at is None)
    return Answer(value, draft_lines(found, last_decline(draft_id), corrected, tuple(untold)))


@verbs.verb("review", f'eightbells draft review {AN_ID} --as "Mara Lindqvist"')
def review(draft_id: DraftId, who: As) -> Answer:
    """Open a draft for review and list what is still missing to accept it."""
    actor = acting(who)
    reviewing.begin_review(actor, draft_id)
    missing = missing_to_accept(draft_id, actor.id)
    value = {"id": draft_id, "state": views.draft_summary(draft_id).state, "missing": missing}
    return Answer(value, [BANNER, *(f"missing: {what}" for what in missing)])


@verbs.verb("read", f'eightbells draft read {AN_ID} --as "Mara Lindqvist" --section Engineering')
def read(
    draft_id: DraftId,
    who: As,
    section: Annotated[Bucket | None, typer.Option(help="Only this section.")] = None,
) -> Answer:
    """Print a section, or all of them, to the end and record it as seen."""
    actor = acting(who)
    found = _only(views.draft(draft_id, person_id=actor.id), section)

    def record_as_seen() -> None:
        for shown in found.sections:
            reviewing.mark_seen(actor, draft_id, shown.bucket)
        note(f"Seen by {actor.name}: {listed(shown.label for shown in found.sections)}.")

    lines = (line for shown in found.sections for line in section_lines(shown))
    return Answer(concise(found), lines, afterwards=record_as_seen)


@verbs.verb("regenerate", f"eightbells draft regenerate {AN_ID} --wait")
def regenerate(draft_id: DraftId, who: MaybeAs = None, wait: Wait = False) -> Answer:
    """Draft again from the entries as they are now; people's edits and answers stay."""
    return _on_draft(JobKind.HANDOVER_REGENERATE, draft_id, who, wait)


@verbs.verb("refresh-command", f"eightbells draft refresh-command {AN_ID} --wait")
def refresh_command(draft_id: DraftId, who: MaybeAs = None, wait: Wait = False) -> Answer:
    """Write the Command section anew and touch nothing else."""
    return _on_draft(JobKind.COMMAND_REFRESH, draft_id, who, wait)


@verbs.verb("print", f'eightbells draft print {AN_ID} --as "Mara Lindqvist" --wait')
def print_draft(draft_id: DraftId, who: As, wait: Wait = False) -> Answer:
    """Print a draft as draft.html and draft.json, marked as not authoritative."""
    submitted = request_print(acting(who), draft_id)
    result = (completed(submitted.job_id).result or {}) if wait else {}
    value = {
        "job_id": submitted.job_id,
        "draft_id": draft_id,
        "folder": result.get("folder"),
        "files": result.get("files", []),
    }
    words = {
        "job": submitted.job_id,
        "folder": value["folder"] or "not there before the job has ended; `--wait` waits for it",
        "files": listed(value["files"]),
    }
    return Answer(value, facts(words))


def _check_no_window(start: datetime | None, end: datetime | None) -> None:
    if start or end:
        raise typer.BadParameter("A correction has the period of the handover it supersedes.")


def _on_draft(kind: JobKind, draft_id: str, who: str | None, wait: bool) -> Answer:
    return _drafting(request_renewal(acting(who), draft_id, kind), wait, draft_id)


def _drafting(submitted: Submitted, wait: bool, draft_id: str | None = None) -> Answer:
    """What a job that drafts led to; without `--wait` nothing is known of its result yet."""
    result = (completed(submitted.job_id).result or {}) if wait else {}
    value: dict[str, Any] = {
        "job_id": submitted.job_id,
        "draft_id": result.get("draft_id", draft_id),
        "created": result.get("created"),
        "reason": result.get("reason", submitted.reason),
        "timings_ms": result.get("timings_ms", {}),
    }
    timings = ", ".join(f"{stage} {ms}" for stage, ms in value["timings_ms"].items())
    words = {
        "job": value["job_id"],
        "draft": value["draft_id"] or "not known before the job has ended; `--wait` waits for it",
        "reason": value["reason"],
        "timings (ms)": timings or "–",
    }
    return Answer(value, facts(words))


def _only(found: DraftView, section: Bucket | None) -> DraftView:
    if section is None:
        return found
    chosen = tuple(shown for shown in found.sections if shown.bucket is section)
    if not chosen:
        raise NotFound(kind="section with items", id=section.value)
    return found.model_copy(update={"sections": chosen})
