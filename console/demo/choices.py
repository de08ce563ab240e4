"""What the demo's officers decide, and what they say (pure)."""

from collections.abc import Mapping, Sequence

from storage.drafts.content import ProposalKind
from storage.drafts.states import Answer, ConcernKind
from storage.drafts.views import ConcernView, DraftView, ItemView, ProposalView
from storage.errors import Failed

NEAR_IDENTICAL = 85
"""The score from which an officer takes two narratives for one without looking twice."""

NOTES = {
    ConcernKind.CONFLICT: "Both statements stand; to be looked at together on the next round.",
    ConcernKind.UNCERTAINTY: "Known to be uncertain; handed over as such.",
    ConcernKind.PLANNING: "Kept as it was said; the work itself is planned elsewhere.",
}

ASSIGNS_WORK = "Bosun to repaint the port bulwark rail"
STATES_A_FACT = "Port bulwark rail: corrosion under the paint at frame 42, not painted over yet."


def least_alike(proposals: Sequence[ProposalView]) -> str | None:
    """The id of the proposal an officer doubts most; None when there is none."""
    return min(proposals, key=lambda p: (p.score, p.id)).id if proposals else None


def answer_to(
    proposal: ProposalView, items: Mapping[str, ItemView], doubted: str | None = None
) -> Answer:
    """Progress is progress, the near-identical are one; what is doubted or unlike is kept apart."""
    if proposal.id == doubted:
        return Answer.KEEP_BOTH
    if proposal.kind is ProposalKind.PROGRESS:
        return Answer.PROGRESS
    buckets = {items[item].bucket for item in proposal.items}
    is_one = proposal.score >= NEAR_IDENTICAL and len(proposal.items) > 1 and len(buckets) == 1
    return Answer.MERGE if is_one else Answer.KEEP_BOTH


def note_on(concern: ConcernView) -> str:
    """What is said when a concern is acknowledged."""
    return NOTES[concern.kind]


def item_to_reword(draft: DraftView) -> ItemView:
    """The item of the story that hands out work instead of saying what is so.

    Raises:
        Failed: it is not in the draft.
    """
    found = [i for i in draft.items().values() if i.text.startswith(ASSIGNS_WORK)]
    if not found:
        raise Failed(why=f"No item begins with {ASSIGNS_WORK!r}.")
    return found[0]


def read_back(item: ItemView) -> str:
    """A critical item in the relief's words."""
    return f"I take over {item.number}, {item.domain_name.lower()}: {item.text[:80]}"
