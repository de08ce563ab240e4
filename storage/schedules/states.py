"""What can become of an occurrence of a schedule (pure).

missed → made_up (one later job stands for it) | skipped (a person decided)        others stay
"""

from enum import StrEnum


class OccurrenceState(StrEnum):
    """Each occurrence has one row and at most one job."""

    STARTED = "started"  # on time, with a job of its own
    JOINED = "joined"  # on time, while work of its schedule waited or ran: one is enough
    BY_HAND = "by_hand"  # a person asked for it
    MISSED = "missed"  # nobody looked within the grace; a person answers
    MADE_UP = "made_up"  # a later run stands for it
    SKIPPED = "skipped"  # a person let it be


LEGAL_MOVES: dict[OccurrenceState, frozenset[OccurrenceState]] = {
    state: frozenset() for state in OccurrenceState
} | {OccurrenceState.MISSED: frozenset({OccurrenceState.MADE_UP, OccurrenceState.SKIPPED})}
"""Every move there is; the store's trigger `schedule_occurrence_moves` refuses any other."""
