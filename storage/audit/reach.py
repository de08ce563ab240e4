"""References to what may be written (pure): `draft:ID`, or `draft:*` for any draft."""

from collections.abc import Sequence

EVERY = "*"


def covers(allowed: Sequence[str], ref: str) -> bool:
    """Whether a list of references includes one."""
    return ref in allowed or f"{ref.partition(':')[0]}:{EVERY}" in allowed
