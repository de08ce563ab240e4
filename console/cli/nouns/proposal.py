"""`proposal`: what the ship's systems propose, decided by a person."""

from enum import StrEnum
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.nouns.entry_words import entry_facts
from console.cli.options import As, Limit, Reason
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import both_times, facts, table
from storage.entries.proposals import accept_proposal, dismiss_proposal
from storage.entries.states import ProposalStatus
from storage.entries.views import ProposalView, list_proposals

verbs = Verbs("Entries the ship's systems propose.")

ProposalId = Annotated[str, typer.Argument(metavar="ID", help="The proposal.")]


class Wanted(StrEnum):
    """Which proposals to list."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    ALL = "all"


@verbs.verb("list", "eightbells proposal list")
def list_some(
    status: Annotated[Wanted, typer.Option(help="Of this status.")] = Wanted.OPEN,
    limit: Limit = 200,
) -> Answer:
    """List proposals, oldest first: the inbox."""
    chosen = None if status is Wanted.ALL else ProposalStatus(status)
    found = list_proposals(chosen, limit=limit)
    rows = [(p.id, p.status, f"{p.source_kind} {p.source_id}", *_event(p), p.text) for p in found]
    none = f"No proposal is {status}." if chosen else "Nothing was ever proposed."
    heading = ("id", "status", "from", "kind", "when", "text")
    return Answer(found, table(heading, rows, none))


def _event(proposal: ProposalView) -> tuple[str, str]:
    """What kind of event it was and when; of what is no event, since when it waits."""
    event = proposal.event
    if event is None:
        return "–", both_times(proposal.created_at)
    return event.type.replace("_", " "), both_times(event.at)


@verbs.verb(
    "accept", 'eightbells proposal accept 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 --as "Priya Nair"'
)
def accept(
    proposal_id: ProposalId,
    who: As,
    text: Annotated[str | None, typer.Option(help="Your own words for it.")] = None,
) -> Answer:
    """Make a proposal an entry, in its own words or in yours."""
    made = accept_proposal(acting(who), proposal_id, text=text)
    return Answer(made, facts(entry_facts(made)))


@verbs.verb(
    "dismiss",
    "eightbells proposal dismiss 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 "
    '--reason "Test alarm" --as "Priya Nair"',
)
def dismiss(proposal_id: ProposalId, who: As, reason: Reason) -> Answer:
    """Decide that a proposal need not be an entry; it stays on record."""
    found = dismiss_proposal(acting(who), proposal_id, reason=reason)
    words = {"proposal": found.id, "status": found.status, "reason": found.reason}
    return Answer(found, facts(words))
