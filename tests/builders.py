"""Data named in words: a crew, entries, drafts at every stage, all made through the real verbs.

Each builder works on the store that is open. People are made once per store; everybody's PIN is
`pin_of(person)`. Drafts are written from contents given by hand, so a test says exactly what the
pipeline is supposed to have found; `a_draft()` without contents has one of everything.
`tests/contents.py` has the words for such contents.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storage.audit.actor import WORKER
from storage.database import now
from storage.drafts import review
from storage.drafts.content import (
    DraftContent,
    HandoverType,
    ItemContent,
    ItemState,
    SlotState,
)
from storage.drafts.gathering import Window, default_window, gather_entries
from storage.drafts.generation import regenerable, write_generated, write_regenerated
from storage.drafts.states import Answer
from storage.drafts.views import DraftView, draft
from storage.entries.actions import capture, import_entries
from storage.entries.views import EntryDetail, entry
from storage.errors import NotFound
from storage.evidence.actions import record_events
from storage.evidence.lines import Line
from storage.evidence.rules import NewEvent
from storage.handovers.composing import critical_items
from storage.handovers.exports import ExportPlan, plan_export
from storage.handovers.signing import accept, countersign
from storage.people.actions import add_first_person, add_person
from storage.people.views import CrewMember, list_crew
from storage.taxonomy.risks import Confidence
from storage.vessel.actions import name_vessel
from storage.vessel.views import VesselView, the_vessel
from tests.clock import START
from tests.commanding import with_command_refreshed
from tests.contents import (
    SAFETY,
    a_command_item,
    a_conflict,
    a_merge_proposal,
    a_slot,
    an_item,
    contents,
    own_words,
)

CREW = {
    "Anna Lindqvist": ("captain", "602214"),
    "Priya Nair": ("second_officer", "271828"),
    "Tomás Ferreira": ("third_officer", "314159"),
    "Ewan MacAllister": ("chief_engineer", "141421"),
    "Sam Okafor": ("rating", "173205"),
}
"""Name → role and PIN. The first administers the store."""


def a_vessel() -> VesselView:
    """The vessel, named by the captain if she has no name yet."""
    try:
        return the_vessel()
    except NotFound:
        return name_vessel(a_captain().actor, "Halcyon Tide", imo="9999993", offset_minutes=120)


def a_captain() -> CrewMember:
    """The administrator."""
    return _member("Anna Lindqvist")


def a_second_officer() -> CrewMember:
    """The officer who hands the watch over."""
    return _member("Priya Nair")


def a_third_officer() -> CrewMember:
    """The officer who takes the watch over."""
    return _member("Tomás Ferreira")


def a_chief_engineer() -> CrewMember:
    """An officer of another department."""
    return _member("Ewan MacAllister")


def a_rating() -> CrewMember:
    """A person who may capture and review, and may not sign."""
    return _member("Sam Okafor")


def a_whole_crew() -> list[CrewMember]:
    """Everybody above."""
    return [_member(name) for name in CREW]


def pin_of(person: CrewMember) -> str:
    """The PIN a person was given here."""
    return CREW[person.name][1]


def an_entry(
    narrative: str = "Port bilge pump leaks at the shaft seal.",
    *,
    by: CrewMember | None = None,
    event_ids: Sequence[str] = (),
) -> EntryDetail:
    """An entry in somebody's own words; by the second officer unless somebody else is named."""
    a_vessel()
    return capture((by or a_second_officer()).actor, narrative, event_ids=event_ids)


def entries(*narratives: str) -> list[EntryDetail]:
    """Entries in the order they were written."""
    return [an_entry(narrative) for narrative in narratives]


def an_entry_of(at: datetime, narrative: str = "Anchor light out on the port side.") -> EntryDetail:
    """An entry about an earlier time, recorded now."""
    line = Line(number=1, values={"text": narrative, "at": at.isoformat()})
    return entry(import_entries(a_second_officer().actor, [line]).ids[0])


def many_entries(count: int) -> list[str]:
    """Ids of `count` different entries, imported at once."""
    lines = [
        Line(number=n, values={"text": f"Fire damper {n} in the casing does not close."})
        for n in range(1, count + 1)
    ]
    return list(import_entries(a_second_officer().actor, lines).ids)


def an_event(event_id: str = "EV-1", *, kind: str = "fault_logged", text: str = "Low level") -> str:
    """A ledger event; returns its id."""
    event = NewEvent(
        id=event_id, type=kind, at=START, source="alarm system", asset="Header tank",
        text=text, context={},
    )  # fmt: skip
    record_events(WORKER, [event])
    return event_id


def one_of_everything() -> DraftContent:
    """A duplicate, a conflict, an uncertainty, planning, critical items, a Command statement."""
    leak, same, gauge, dip, rail, paint, guest = entries(
        "Port bilge pump leaks at the shaft seal.",
        "Port bilge pump is leaking from the shaft seal.",
        "Port fuel day tank 75 % on the gauge.",
        "Port fuel day tank 90 % by dipstick.",
        "Passerelle rail may be bent.",
        "Bosun to repaint the bulwark by Friday.",
        "Guest in cabin 3 wants no seafood.",
    )
    pump = an_item(leak, domain="ENG-05", risk_tags=SAFETY, state=ItemState.OPEN)
    again = an_item(same, domain="ENG-05", risk_tags=SAFETY, state=ItemState.OPEN)
    high = an_item(gauge, domain="ENG-06", conflict=True, confidence=Confidence.LOW)
    low = an_item(dip, domain="ENG-06", conflict=True, confidence=Confidence.LOW)
    return contents(
        a_command_item(pump), pump, again, high, low,
        an_item(rail, domain="DECK-01", uncertain=True, note="The words are unsure."),
        an_item(paint, domain="DECK-04", planning=("Bosun to repaint the bulwark by Friday.",)),
        an_item(guest, domain="INT-01"),
        proposals=[a_merge_proposal(pump, again)],
        conflicts=[a_conflict(high, low)],
        completeness=[
            a_slot("bilges", SlotState.STATED, pump),
            a_slot("orders", SlotState.NOT_COVERED),
        ],
    )  # fmt: skip


def a_simple_item(narrative: str = "Anchor light out on the port side.") -> ItemContent:
    """An item that asks for nothing but to be read."""
    return an_item(an_entry(narrative), domain="DECK-05")


def a_draft(content: DraftContent | None = None) -> str:
    """A draft in state DRAFT, with `content` or one of everything; returns its id."""
    vessel = a_vessel()
    content = content or one_of_everything()
    window = default_window(vessel.id)
    basis = gather_entries(vessel.id, window, HandoverType.BRIDGE_WATCH).basis
    return write_generated(WORKER, vessel.id, basis, content, job_id="job-1", trace_id="trace-1")


def regenerated(draft_id: str, content: DraftContent) -> DraftView:
    """The same draft made again from the entries as they are now, with this content."""
    opened = regenerable(draft_id)
    window = Window(start=opened.period_from, end=max(now(), opened.period_to))
    basis = gather_entries(opened.vessel_id, window, opened.handover_type).basis
    write_regenerated(WORKER, draft_id, basis, content, job_id="job-2", trace_id="trace-2")
    return draft(draft_id)


def a_draft_in_review(content: DraftContent | None = None) -> str:
    """A draft the outgoing officer has opened for review."""
    draft_id = a_draft(content)
    review.begin_review(a_second_officer().actor, draft_id)
    return draft_id


def a_reviewed_draft(content: DraftContent | None = None) -> str:
    """A draft with nothing left to do but accept it."""
    return reviewed(a_draft_in_review(content))


def an_accepted_draft(content: DraftContent | None = None) -> str:
    """A draft with the outgoing officer's signature."""
    return accepted(a_reviewed_draft(content))


def a_signed_handover(content: DraftContent | None = None) -> str:
    """A handover with both signatures; its signed set is queued, not yet written."""
    return countersigned(an_accepted_draft(content))


def reviewed(draft_id: str) -> str:
    """Do all that has to be done before this draft can be accepted."""
    if draft(draft_id).command_stale:
        with_command_refreshed(draft_id)
    read_everything(draft_id, a_second_officer())
    answer_everything(draft_id, a_second_officer())
    return draft_id


def accepted(draft_id: str) -> str:
    """Accept a reviewed draft as the outgoing officer."""
    officer = a_second_officer()
    accept(officer.actor, draft_id, pin=pin_of(officer), confirmed=True)
    return draft_id


def countersigned(draft_id: str) -> str:
    """Countersign an accepted draft as the incoming officer."""
    relief = a_third_officer()
    read_everything(draft_id, relief)
    countersign(
        relief.actor, draft_id, read_backs=read_backs(draft_id), pin=pin_of(relief), confirmed=True
    )
    return draft_id


def accepted_and_signed(draft_id: str) -> str:
    """Bring a draft in review to both signatures."""
    return countersigned(accepted(reviewed(draft_id)))


def an_export_plan(draft_id: str, export_type: str) -> ExportPlan:
    """What the worker is told when the captain has asked for an export."""
    captain = a_captain()
    return plan_export(draft_id, export_type, (), exporter_id=captain.id, requested_by=captain.id)


def read_everything(draft_id: str, reader: CrewMember) -> None:
    """Read every section to its end."""
    for section in draft(draft_id).sections:
        review.mark_seen(reader.actor, draft_id, section.bucket)


def answer_everything(draft_id: str, by: CrewMember, answer: Answer = Answer.KEEP_BOTH) -> None:
    """Answer every open merge proposal and acknowledge every open concern."""
    view = draft(draft_id)
    for proposal in view.merge_proposals:
        if proposal.answer is None:
            review.answer(by.actor, proposal.id, answer)
    for concern in view.conflicts:
        if not concern.acknowledged:
            review.acknowledge(by.actor, concern.id, note="Seen; both readings stand.")


def read_backs(draft_id: str) -> dict[str, str]:
    """Every critical item in words of one's own."""
    items = draft(draft_id).items()
    return {item: f"Understood, {own_words(items[item].text)}" for item in critical(draft_id)}


def critical(draft_id: str) -> Mapping[str, str]:
    """Item id → number of what has to be read back."""
    return critical_items(draft(draft_id))


def _member(name: str) -> CrewMember:
    role, pin = CREW[name]
    crew = {person.name: person for person in list_crew()}
    if name in crew:
        return crew[name]
    if not crew:
        first_name, (first_role, first_pin) = next(iter(CREW.items()))
        first = add_first_person(first_name, first_role, first_pin)
        if name == first_name:
            return first
    captain = a_captain()
    return add_person(captain.actor, pin_of(captain), name, role, pin)
