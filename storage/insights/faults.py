"""What an entry says is wrong with which equipment (pure)."""

from collections.abc import Sequence

from storage.taxonomy.comparing import features
from storage.taxonomy.designators import designators
from storage.taxonomy.polarity import state_of
from storage.taxonomy.sides import sides
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import words

_PLAIN_NUMBER = frozenset({"unit", "#"})
_PLACES = frozenset({"lateral", "longitudinal", "vertical", "depth", "hand"})
"""Axes that tell one piece of equipment from another; pressure and heat tell how it is."""


_WITHOUT_EQUIPMENT = ("ADM-", "DECK-05", "DECK-06", "INT-01", "INT-04")
"""Domains of papers, people and stores: what is wrong there is no fault of equipment."""


def faulty_equipment(narrative: str, domain: str, reasons: Sequence[str]) -> str:
    """The equipment an entry says is faulty, as `bilge pump 3 starboard`; empty when it says none.

    `reasons` are the words that filed the entry, the weightiest first. A fault is a condition that
    stands open: what is settled, or only observed, is none.
    """
    found = words(narrative)
    if not reasons or domain.startswith(_WITHOUT_EQUIPMENT) or not features(found).conditions:
        return ""
    if state_of(narrative) is not ItemState.OPEN:
        return ""
    noun = reasons[0].lower()
    units = [
        value if kind in _PLAIN_NUMBER or kind in noun else f"{kind} {value}"
        for kind, value in sorted(designators(found))
    ]
    ends = [end for axis, end in sorted(sides(found)) if axis in _PLACES]
    return " ".join([noun, *units, *ends])
