"""Why keys begin and end, and what becomes of a PIN that is to be reset (pure)."""

from enum import StrEnum


class Began(StrEnum):
    """Why a key was made."""

    JOINED = "joined"
    RESET = "reset"
    ROTATED = "rotated"


class Ended(StrEnum):
    """Why a key is no longer used. What it signed until then stays proved."""

    RESET = "reset"
    ROTATED = "rotated"
    LEFT = "left"


class ResetState(StrEnum):
    """OPEN → DONE by a second person, or WITHDRAWN by the owner's own PIN or a person's word."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


KEY_WORDS: dict[str, str] = {
    Began.JOINED: "joined the crew",
    Began.RESET: "PIN reset by two others",
    Began.ROTATED: "replaced by its owner",
    Ended.LEFT: "left the crew",
}
"""Each reason as people say it."""
