"""The life of a draft (pure; DOMAIN §6). The arrows below are all there are.

DRAFT ──review──▶ IN_REVIEW ──accept──▶ ACCEPTED ──countersign──▶ SIGNED ──export──▶ EXPORTED
                      ▲                    │
                      └── decline, reopen ─┘
"""

from enum import StrEnum

from storage.errors import WrongState


class DraftState(StrEnum):
    """Where a handover stands; each state says who moves it on."""

    DRAFT = "DRAFT"
    """Made by the worker; any person may begin the review."""
    IN_REVIEW = "IN_REVIEW"
    """Open to edits; the outgoing officer accepts."""
    ACCEPTED = "ACCEPTED"
    """Content frozen; the incoming officer countersigns or declines."""
    SIGNED = "SIGNED"
    """Locked for ever; an export is the only thing left to happen."""
    EXPORTED = "EXPORTED"
    """Exported at least once; may be exported again."""


class Move(StrEnum):
    """What moves a draft from one state to the next."""

    REVIEW = "review"
    ACCEPT = "accept"
    REOPEN = "reopen"
    DECLINE = "decline"
    COUNTERSIGN = "countersign"
    EXPORT = "export"


STATE_WORDS = {
    DraftState.DRAFT: "a draft",
    DraftState.IN_REVIEW: "in review",
    DraftState.ACCEPTED: "accepted",
    DraftState.SIGNED: "signed",
    DraftState.EXPORTED: "signed and exported",
}
"""A state as people say it."""

MOVE_WORDS = {
    Move.REVIEW: "beginning the review",
    Move.ACCEPT: "accepting",
    Move.REOPEN: "reopening",
    Move.DECLINE: "declining",
    Move.COUNTERSIGN: "countersigning",
    Move.EXPORT: "exporting",
}
"""A move as people say it."""

LEGAL: dict[tuple[DraftState, Move], DraftState] = {
    (DraftState.DRAFT, Move.REVIEW): DraftState.IN_REVIEW,
    (DraftState.IN_REVIEW, Move.ACCEPT): DraftState.ACCEPTED,
    (DraftState.ACCEPTED, Move.REOPEN): DraftState.IN_REVIEW,
    (DraftState.ACCEPTED, Move.DECLINE): DraftState.IN_REVIEW,
    (DraftState.ACCEPTED, Move.COUNTERSIGN): DraftState.SIGNED,
    (DraftState.SIGNED, Move.EXPORT): DraftState.EXPORTED,
    (DraftState.EXPORTED, Move.EXPORT): DraftState.EXPORTED,
}

OPEN_STATES = (DraftState.DRAFT, DraftState.IN_REVIEW, DraftState.ACCEPTED)
"""A vessel has at most one draft in these."""

REGENERABLE = (DraftState.DRAFT, DraftState.IN_REVIEW)
"""From ACCEPTED on the content is frozen."""

SIGNED_STATES = (DraftState.SIGNED, DraftState.EXPORTED)


def after(state: DraftState, move: Move) -> DraftState:
    """The state a move leads to.

    Raises:
        WrongState: not a legal move; the sentence says from where it is.
    """
    if (state, move) not in LEGAL:
        legal = " or ".join(STATE_WORDS[s] for (s, m) in LEGAL if m is move)
        said = f"The handover is {STATE_WORDS[state]}; {MOVE_WORDS[move]} needs one that is"
        raise WrongState(why=f"{said} {legal}.")
    return LEGAL[state, move]


class Answer(StrEnum):
    """How a person answers a merge proposal."""

    MERGE = "merge"
    KEEP_BOTH = "keep-both"
    PROGRESS = "progress"


class ConcernKind(StrEnum):
    """What a person has to acknowledge before accepting."""

    CONFLICT = "conflict"
    UNCERTAINTY = "uncertainty"
    PLANNING = "planning"


class ItemStatus(StrEnum):
    """Whether an item is printed, and if not, why it is kept."""

    SHOWN = "shown"
    MERGED = "merged"
    SPLIT = "split"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"
    """Regenerated away: its entries left the window or were suppressed."""


class EditKind(StrEnum):
    """What a person did to an item."""

    EDIT = "edit"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    SUPPRESS = "suppress"
