"""What an entry says is wrong with which equipment (pure)."""

from collections.abc import Sequence

from storage.taxonomy.designators import designators, sides
from storage.taxonomy.polarity import state_of
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import words

_PLAIN_NUMBER = frozenset({"unit", "#"})
_PLACES = frozenset({"lateral", "longitudinal", "vertical", "depth", "hand", "service"})
"""Axes that tell one piece of equipment from another; pressure and heat tell how it is."""


def faulty_equipment(narrative: str, reasons: Sequence[str]) -> str:
    """The equipment an entry says is faulty, as `bilge pump 3 starboard`; empty when it says none.

    `reasons` are the words that filed the entry, the weightiest first. What is settled, or says
    that all is well, is no fault.
    """
    if not reasons or state_of(narrative) is not ItemState.OPEN:
        return ""
    found = words(narrative)
    units = [
        value if kind in _PLAIN_NUMBER else f"{kind} {value}"
        for kind, value in sorted(designators(found))
    ]
    ends = [end for axis, end in sorted(sides(found)) if axis in _PLACES]
    return " ".join([reasons[0].lower(), *units, *ends])
