"""Does a read-back show that a critical item has arrived? (pure; DOMAIN §6, I12)

In one's own words, so little is asked for: name what it is about, in more than one word. What is
pasted is not said.
"""

from functools import cache

from storage.taxonomy.words import stems, words

COPY_WORDS = 8
"""Longer items are not read back word for word; an order of a few words is, as ever at sea."""
SAID_WORDS = 2
"""One word alone shows nothing, unless the item has no more."""

_SMALL = (
    "and or but not no yes ok okay is are was were be been being am has have had do "
    "does did of in on at to for by with from as it its this that these those there "
    "here i me my we our you your they them their he she his her all any some so if "
    "then than will would shall should can could may might must item items understood "
    "noted copied roger acknowledged read back see seen aware taken take"
)


def why_not_read_back(said: str, item_text: str) -> str | None:
    """Why these words do not read the item back, to be put after its number; None when they do."""
    own, item = _telling(said), _telling(item_text)
    if not said.strip():
        return "not read back"
    if not item:
        return None
    if own.isdisjoint(item):
        return "not read back: name what it is about"
    if len(own) < min(SAID_WORDS, len(item)):
        return "not read back: one word does not say how it is"
    if _is_copy(words(said), words(item_text)):
        return "not read back: these are its own words, say them in yours"
    return None


def _telling(text: str) -> frozenset[str]:
    return frozenset(stems(words(text))) - _small()


def _is_copy(said: tuple[str, ...], item: tuple[str, ...]) -> bool:
    """Whether the whole item stands in what was said, with next to nothing added."""
    if len(item) <= COPY_WORDS or len(said) - len(item) >= SAID_WORDS:
        return False
    starts = range(len(said) - len(item) + 1)
    return any(said[start : start + len(item)] == item for start in starts)


@cache
def _small() -> frozenset[str]:
    """The stems of words that say nothing of any item."""
    return frozenset(stems(words(_SMALL)))
