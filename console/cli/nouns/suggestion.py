"""`suggestion`: what is suggested, decided by an officer."""

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import As, MaybeReason, Reason
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import both_times, facts
from storage.insights import deciding, views
from storage.insights.views import SuggestionView

verbs = Verbs("What is suggested because of a signal.")

SuggestionId = Annotated[str, typer.Argument(metavar="ID", help="The suggestion.")]
_EXAMPLE = "019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7"


@verbs.verb("show", f"eightbells suggestion show {_EXAMPLE}")
def show(suggestion_id: SuggestionId) -> Answer:
    """Show a suggestion, the signal behind it, and what was decided."""
    found = views.suggestion(suggestion_id)
    return Answer(found, _words(found))


@verbs.verb("accept", f'eightbells suggestion accept {_EXAMPLE} --as "Priya Nair"')
def accept(suggestion_id: SuggestionId, who: As, reason: MaybeReason = "") -> Answer:
    """Take a suggestion up: a proposal in the inbox or an approved regeneration comes of it."""
    found = deciding.accept(acting(who), suggestion_id, reason=reason)
    return Answer(found, _words(found))


@verbs.verb(
    "dismiss", f'eightbells suggestion dismiss {_EXAMPLE} --reason "Known" --as "Priya Nair"'
)
def dismiss(suggestion_id: SuggestionId, who: As, reason: Reason) -> Answer:
    """Let a suggestion be; it stays on record."""
    found = deciding.dismiss(acting(who), suggestion_id, reason=reason)
    return Answer(found, _words(found))


def _words(found: SuggestionView) -> Iterator[str]:
    pairs: dict[str, object] = {
        "suggestion": found.id,
        "status": found.status,
        "because": found.signal,
        "suggests": found.text,
        "about": f"{found.scope} {found.target}",
        "accepting": _YIELDS[found.type],
    }
    if found.decision:
        said = found.decision
        pairs["decided"] = f"{said.decision} by {said.decided_by}, {both_times(said.decided_at)}"
        if said.reason:
            pairs["reason"] = said.reason
        if said.proposal_id:
            pairs["proposal"] = said.proposal_id
        if said.regeneration_id:
            pairs["regeneration"] = said.regeneration_id
    yield from facts(pairs)


_YIELDS = {
    "propose_entry": "puts a proposal for an entry into the inbox",
    "regenerate": "approves a regeneration; its output waits for an officer",
}
