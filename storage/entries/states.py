"""The states of an entry (pure). Both marks carry an author and a reason; nothing is ever deleted.

candidate ──▶ resolved      the fact is settled
    │  ▲         │
    │  └ never ──┘
    └───────▶ suppressed    left out of drafts
"""

from enum import StrEnum

from storage.errors import WrongState


class EntryStatus(StrEnum):
    """Whether an entry still asks for attention."""

    CANDIDATE = "candidate"
    RESOLVED = "resolved"
    SUPPRESSED = "suppressed"


LEGAL = frozenset(
    {
        (EntryStatus.CANDIDATE, EntryStatus.RESOLVED),
        (EntryStatus.CANDIDATE, EntryStatus.SUPPRESSED),
    }
)


class ProposalStatus(StrEnum):
    """Whether a person has decided about a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Decision(StrEnum):
    """What an officer decided about a request to correct a classification."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


def check_move(before: str, after: EntryStatus) -> None:
    """Raise WrongState unless an entry may go from `before` to `after`."""
    if (EntryStatus(before), after) not in LEGAL:
        raise WrongState(why=f"The entry is {before} already; it cannot become {after}.")
