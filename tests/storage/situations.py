"""Situations in which the verbs of storage succeed; each gives the call that is then made."""

from collections.abc import Callable
from pathlib import Path

from storage.alerts.actions import acknowledge as acknowledge_alert
from storage.alerts.actions import raise_standing, resolve_standing
from storage.alerts.states import Standing
from storage.alerts.views import on_record
from storage.audit.actor import SYSTEM, Actor
from storage.database import home
from storage.drafts import editing, review
from storage.drafts.content import HandoverType
from storage.drafts.gathering import default_window, gather_entries
from storage.drafts.generation import write_command, write_generated, write_regenerated
from storage.drafts.states import Answer
from storage.drafts.superseding import request_correction
from storage.drafts.views import ItemView, draft
from storage.entries import actions as entries
from storage.entries.corrections import decide
from storage.entries.proposals import (
    accept_proposal,
    dismiss_proposal,
    import_events,
    propose_from_events,
)
from storage.entries.states import Decision
from storage.entries.views import list_proposals
from storage.evidence.lines import Line
from storage.handovers.exports import record_export, request_export
from storage.handovers.notices import see_notice, unseen_notices
from storage.handovers.printing import plan_print, record_print, request_print
from storage.handovers.signing import accept, countersign, decline, reopen
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_captain,
    a_draft,
    a_draft_in_review,
    a_rating,
    a_reviewed_draft,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    a_vessel,
    an_accepted_draft,
    an_entry,
    an_event,
    an_export_plan,
    pin_of,
    read_backs,
    read_everything,
)
from tests.contents import contents

Call = Callable[[Actor], object]
"""A verb with everything but its actor."""

FAULT = {"type": "fault_logged", "at": "2026-03-01T03:00Z", "text": "Low level"}
EQUIPMENT = b'[equipment]\n"Blue Betty" = "DECK-03"\n'
IDS = {"job_id": "job-9", "trace_id": "trace-9"}


def _item(bucket: Bucket = Bucket.ENGINEERING, place: int = 0) -> ItemView:
    view = draft(a_draft_in_review())
    return next(s for s in view.sections if s.bucket is bucket).items[place]


def _pair() -> list[str]:
    view = draft(a_draft_in_review())
    section = next(s for s in view.sections if s.bucket is Bucket.ENGINEERING)
    return [item.id for item in section.items[:2]]


def a_photo() -> Path:
    path = home().parent / "photo.jpg"
    path.write_bytes(b"jpeg")
    return path


def _proposal() -> str:
    import_events(a_captain().actor, [Line(number=1, values=FAULT)])
    return list_proposals()[0].id


def to_resolve_alert() -> Call:
    raise_standing(SYSTEM, Standing.DISK_LOW, "12 MiB are free.")
    return lambda actor: resolve_standing(actor, Standing.DISK_LOW)


def to_acknowledge_alert() -> Call:
    raise_standing(SYSTEM, Standing.DISK_LOW, "12 MiB are free.")
    alert_id = on_record()[Standing.DISK_LOW].alert_id or ""
    return lambda actor: acknowledge_alert(actor, alert_id, reason="Backups go ashore.")


def to_capture() -> Call:
    return lambda actor: entries.capture(actor, "Anchor light out.")


def to_import() -> Call:
    lines = [Line(number=n, values={"text": f"Round {n}: dry."}) for n in (1, 2, 3)]
    return lambda actor: entries.import_entries(actor, lines)


def to_flag() -> Call:
    kept = an_entry()
    return lambda actor: entries.flag(actor, kept.id, reason="Wrong.")


def _flagged() -> str:
    kept = an_entry()
    entries.flag(a_rating().actor, kept.id, reason="Wrong.", suggested_domain="DECK-01")
    return kept.id


def to_accept_correction() -> Call:
    kept = _flagged()
    return lambda actor: decide(actor, kept, Decision.ACCEPTED)


def to_reject_correction() -> Call:
    kept = _flagged()
    return lambda actor: decide(actor, kept, Decision.REJECTED, reason="It is right.")


def to_resolve() -> Call:
    kept = an_entry()
    return lambda actor: entries.resolve(actor, kept.id, reason="Settled.")


def to_suppress_entry() -> Call:
    kept = an_entry()
    return lambda actor: entries.suppress(actor, kept.id, reason="Not ours.")


def to_accept_proposal() -> Call:
    proposal = _proposal()
    return lambda actor: accept_proposal(actor, proposal)


def to_dismiss_proposal() -> Call:
    proposal = _proposal()
    return lambda actor: dismiss_proposal(actor, proposal, reason="Sensor test.")


def to_propose() -> Call:
    event_id = an_event()
    return lambda _: propose_from_events([event_id])


def to_generate() -> Call:
    content = contents(a_simple_item())
    vessel_id = a_vessel().id
    basis = gather_entries(vessel_id, default_window(vessel_id), HandoverType.ROTATION).basis
    return lambda actor: write_generated(actor, vessel_id, basis, content, **IDS)


def to_regenerate() -> Call:
    content = contents(a_simple_item())
    draft_id, vessel_id = a_draft(content), a_vessel().id
    basis = gather_entries(vessel_id, default_window(vessel_id), HandoverType.ROTATION).basis
    return lambda actor: write_regenerated(actor, draft_id, basis, content, **IDS)


def to_refresh() -> Call:
    draft_id = a_draft()
    return lambda actor: write_command(actor, draft_id, None, **IDS)


def to_begin_review() -> Call:
    draft_id = a_draft(contents(a_simple_item()))
    return lambda actor: review.begin_review(actor, draft_id)


def to_mark_seen() -> Call:
    draft_id = a_draft_in_review(contents(a_simple_item()))
    return lambda actor: review.mark_seen(actor, draft_id, Bucket.DECK)


def to_answer() -> Call:
    (proposal,) = draft(a_draft_in_review()).merge_proposals
    return lambda actor: review.answer(actor, proposal.id, Answer.MERGE)


def to_acknowledge() -> Call:
    concern = draft(a_draft_in_review()).conflicts[0]
    return lambda actor: review.acknowledge(actor, concern.id, note="Seen.")


def to_edit() -> Call:
    item = _item()
    return lambda actor: editing.edit(actor, item.id, "Other words.")


def to_move() -> Call:
    item = _item()
    return lambda actor: editing.move(actor, item.id, 2)


def to_merge() -> Call:
    pair = _pair()
    return lambda actor: editing.merge(actor, pair)


def to_split() -> Call:
    item = _item()
    return lambda actor: editing.split(actor, item.id, ["One.", "Two."])


def to_suppress_item() -> Call:
    item = _item()
    return lambda actor: editing.suppress(actor, item.id, reason="Said twice.")


def to_accept() -> Call:
    draft_id, pin = a_reviewed_draft(contents(a_simple_item())), pin_of(a_second_officer())
    return lambda actor: accept(actor, draft_id, pin=pin, confirmed=True)


def _relief(actor: Actor) -> Actor:
    """The other person where a person acts, in the role the store says they have."""
    return a_third_officer().actor if actor.is_human else actor


def to_decline() -> Call:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    return lambda actor: decline(_relief(actor), draft_id, reason="Unclear.")


def to_reopen() -> Call:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    return lambda actor: reopen(actor, draft_id, reason="Second thoughts.")


def to_countersign() -> Call:
    draft_id, relief = an_accepted_draft(), a_third_officer()
    read_everything(draft_id, relief)
    spoken = read_backs(draft_id)
    return lambda actor: countersign(
        _relief(actor), draft_id,
        read_backs=spoken, pin=pin_of(relief), confirmed=True,
    )  # fmt: skip


def to_request_correction() -> Call:
    draft_id = a_signed_handover(contents(a_simple_item()))
    return lambda actor: request_correction(actor, draft_id, reason="Wrong pump.")


def to_see_notice() -> Call:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    decline(a_third_officer().actor, draft_id, reason="Unclear.")
    (notice,) = unseen_notices(a_second_officer().id)
    return lambda actor: see_notice(actor, notice.id)


def to_request_print() -> Call:
    draft_id = a_draft(contents(a_simple_item()))
    return lambda actor: request_print(actor, draft_id)


def to_record_print() -> Call:
    plan = plan_print(a_draft(contents(a_simple_item())))
    return lambda actor: record_print(actor, plan, {"draft.html": "0" * 64}, **IDS)


def to_request_export() -> Call:
    draft_id = a_signed_handover(contents(a_simple_item()))
    return lambda actor: request_export(actor, draft_id, "pdf")


def to_record_export() -> Call:
    draft_id = a_signed_handover(contents(a_simple_item()))
    plan = an_export_plan(draft_id, "json")
    hashes = {"handover.json": plan.document_hash}
    return lambda actor: record_export(actor, plan, hashes, **IDS)
