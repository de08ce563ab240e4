"""What a narrative says about the fact itself: open, done, restricted, or neither (pure)."""

from enum import StrEnum


class ItemState(StrEnum):
    """What the words say about the fact itself."""

    OPEN = "open"
    DONE = "done"
    RESTRICTION = "restriction"
    NONE = "none"
