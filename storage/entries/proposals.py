"""Proposals: what the ship's systems think should be an entry. Only a person makes it one."""

from collections.abc import Sequence

from storage.audit.actions import act, asking
from storage.audit.actor import SYSTEM, Actor
from storage.database import now
from storage.entries.reading import read_narrative
from storage.entries.rows import insert_entries
from storage.entries.rules import NewEntry, check_narrative, check_reason
from storage.entries.states import ProposalStatus
from storage.entries.tables import EntryProposal
from storage.entries.views import EntryDetail, ProposalView, entry, proposal_view
from storage.errors import NotFound, WrongState
from storage.evidence.actions import record_events
from storage.evidence.lines import Line, Rejected, bad_lines, read_lines
from storage.evidence.rules import PROPOSING_TYPES, read_event
from storage.evidence.views import EventView, events_by_id
from storage.identity import new_id
from storage.value import Value
from storage.vessel.views import the_vessel


class EventImportReport(Value):
    """What an import of events did. `proposals` counts the entries it proposes."""

    imported: int
    ids: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    proposals: int


def import_events(
    actor: Actor, lines: Sequence[Line], *, keep_going: bool = False
) -> EventImportReport:
    """Record ledger events and propose entries for those that ask for one, in one transaction.

    Raises:
        BadLines: with every rejected line; nothing was recorded.
    """
    good, rejected = read_lines(lines, read_event)
    with act(actor, "evidence.imported", "evidence") as deed:
        if rejected and not keep_going:
            raise bad_lines(rejected, len(lines))
        recorded = record_events(actor, good)
        proposed = propose_from_events(recorded.new_ids)
        deed.detail.update(new=len(recorded.new_ids), rejected=len(rejected), proposed=proposed)
        if not recorded.new_ids:
            deed.unchanged()
    return EventImportReport(
        imported=len(recorded.new_ids), ids=recorded.ids,
        rejected=tuple(rejected), proposals=proposed,
    )  # fmt: skip


def propose_from_events(event_ids: Sequence[str]) -> int:
    """Propose an entry for each event of a proposing type (DOMAIN §4); returns how many."""
    events = events_by_id(event_ids)
    asking = [events[i] for i in event_ids if events[i].type in PROPOSING_TYPES]
    if not asking:
        return 0
    with act(SYSTEM, "proposal.made", "proposal") as deed:
        for event in asking:
            EntryProposal.insert(
                id=new_id(), source_kind="event", source_id=event.id,
                text=_words(event), status=ProposalStatus.OPEN.value, created_at=deed.at,
            ).on_conflict_ignore().execute()  # fmt: skip
        deed.detail.update(count=len(asking))
    return len(asking)


def propose(actor: Actor, source_kind: str, source_id: str, text: str) -> str:
    """Put one proposal into the inbox, once for its source; its id.

    `source_kind` is `event` or `suggestion`, `source_id` the id of that.
    """
    with act(actor, "proposal.made", "proposal") as deed:
        known = EntryProposal.get_or_none(
            EntryProposal.source_kind == source_kind, EntryProposal.source_id == source_id
        )
        if known is not None:
            deed.unchanged()
            return str(known.id)
        deed.subject_id = new_id()
        EntryProposal.insert(
            id=deed.subject_id, source_kind=source_kind, source_id=source_id, text=text,
            status=ProposalStatus.OPEN.value, created_at=deed.at,
        ).execute()  # fmt: skip
        deed.detail.update({source_kind: source_id})
        return deed.subject_id


def accept_proposal(actor: Actor, proposal_id: str, *, text: str | None = None) -> EntryDetail:
    """Make a proposal an entry, in its own words or in those given.

    Raises:
        NotFound, WrongState: decided already. BadInput. NotPermitted: not a person.
    """
    with asking(actor, "proposal.accepted", "proposal", proposal_id):
        proposed = _open_proposal(actor, proposal_id)
        narrative = check_narrative(proposed.text if text is None else text)
    new = _entry_of(proposed, narrative)
    reading = read_narrative(narrative, evidence=bool(new.event_ids))
    with act(actor, "proposal.accepted", "proposal", proposal_id) as deed:
        row = _open_proposal(actor, proposal_id)
        (entry_id,) = insert_entries(actor, the_vessel().id, [(new, reading)], deed.at)
        _decide(row, ProposalStatus.ACCEPTED, actor, entry_id=entry_id)
        deed.detail.update(entry=entry_id, edited=text is not None and text != row.text)
    return entry(entry_id)


def dismiss_proposal(actor: Actor, proposal_id: str, *, reason: str) -> ProposalView:
    """Decide that a proposal need not be an entry; it stays on record.

    Raises:
        NotFound, WrongState, BadInput, NotPermitted.
    """
    with act(actor, "proposal.dismissed", "proposal", proposal_id) as deed:
        row = _open_proposal(actor, proposal_id)
        reason = check_reason(reason)
        _decide(row, ProposalStatus.DISMISSED, actor, reason=reason)
        deed.detail.update(reason=reason)
    return proposal_view(EntryProposal.get_by_id(proposal_id))


def _entry_of(proposed: EntryProposal, narrative: str) -> NewEntry:
    """What is proposed because of an event rests on it; else the entry says where it comes from."""
    if proposed.source_kind == "event":
        return NewEntry(narrative=narrative, event_ids=(proposed.source_id,))
    return NewEntry(narrative=narrative, context={proposed.source_kind: proposed.source_id})


def _open_proposal(actor: Actor, proposal_id: str) -> EntryProposal:
    row: EntryProposal | None = EntryProposal.get_or_none(EntryProposal.id == proposal_id)
    if row is None:
        raise NotFound(kind="proposal", id=proposal_id)
    if row.status != ProposalStatus.OPEN:
        raise WrongState(why=f"The proposal was {row.status} by {row.decided_by} already.")
    return row


def _decide(
    row: EntryProposal,
    status: ProposalStatus,
    actor: Actor,
    *,
    entry_id: str | None = None,
    reason: str | None = None,
) -> None:
    EntryProposal.update(
        status=status.value, entry_id=entry_id, reason=reason,
        decided_by=actor.name, decided_at=now(),
    ).where(EntryProposal.id == row.id).execute()  # fmt: skip


def _words(event: EventView) -> str:
    kind = event.type.replace("_", " ")
    about = f" on {event.asset}" if event.asset else ""
    return event.text or f"{kind.capitalize()}{about}"
