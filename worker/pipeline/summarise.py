"""Stage 5: long narratives compressed by leaving out, never by rewording (DOMAIN §5; pure).

Every sentence kept is a verbatim piece of the narrative it is traced to. A sentence that brings a
number, a unit, a restriction or something open is never left out.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage.drafts.content import TracedSentence
from storage.taxonomy.clauses import sentences
from storage.taxonomy.comparing import features
from storage.taxonomy.polarity import cued_state
from storage.taxonomy.reading import Reading, read
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import words
from worker.pipeline.entry import Entry

_LONG_TEXT = 480
"""Characters up to which a narrative is left as it is."""
_AIM = 4
"""Sentences a summary aims at; it keeps more when more must be kept."""
_WORTH = 0.85
"""A summary longer than this share of the original is not worth a missing word."""
_MERGED_COPIES = 200
"""Entries read for a merged text; a thousand copies of one line say nothing more."""


class Summary(NamedTuple):
    """The text of an item, the sentences it is made of, and whether any was left out."""

    text: str
    sentences: tuple[TracedSentence, ...]
    summarised: bool
    kept: float
    """Share of what the narrative tells (its idf mass) that is still there, 0 to 1."""


def summarise(entry: Entry) -> Summary:
    """The words of one entry, compressed where that helps."""
    narrative = entry.given.narrative
    said = sentences(narrative) or (narrative,)
    whole = Summary(narrative.strip(), _traced(said, entry), False, 1.0)
    if len(narrative) <= _LONG_TEXT or len(said) <= _AIM:
        return whole
    kept = _keep(said)
    text = " ".join(said[index] for index in kept)
    if len(text) > _WORTH * len(narrative):
        return whole
    chosen = tuple(said[index] for index in kept)
    return Summary(text, _traced(chosen, entry), True, _mass(chosen) / (_mass(said) or 1))


def merged_text(entries: Sequence[Entry]) -> str:
    """Several entries as one text: sentences verbatim, those that tell nothing new left out."""
    kept: list[str] = []
    told: list[frozenset[object]] = []
    for entry in entries[:_MERGED_COPIES]:
        for sentence in sentences(entry.given.narrative):
            tells = _tells(sentence)
            if not any(tells <= earlier for earlier in told):
                told.append(tells)
                kept.append(sentence)
    closed = [one if one[-1] in ".!?;:" else f"{one};" for one in kept[:-1]]
    return " ".join([*closed, *kept[-1:]])


def _tells(sentence: str) -> frozenset[object]:
    """What a sentence says: its things, its numbers and units, its side, and how matters stand."""
    return (
        frozenset(features(words(sentence)).things)
        | _marks(read(sentence))
        | {cued_state(sentence)}
    )


def pick(said: Sequence[str], most: int) -> list[str]:
    """At most `most` of the sentences `said`, the most telling, in their order."""
    best = sorted(range(len(said)), key=lambda index: (-_worth(said, index), index))[:most]
    return [said[index] for index in sorted(best)]


def _keep(said: Sequence[str]) -> list[int]:
    """The indexes of what must stay, and of the most telling of the rest, in order."""
    must = set(_must_stay([read(one) for one in said], [cued_state(one) for one in said]))
    rest = sorted(
        (index for index in range(len(said)) if index not in must),
        key=lambda index: (-_worth(said, index), index),
    )
    return sorted({0, *must, *rest[: max(0, _AIM - len(must))]})


def _must_stay(said: Sequence[Reading], states: Sequence[ItemState]) -> Iterable[int]:
    """Sentences with something open, a limit, or a number that no kept sentence has yet."""
    seen: set[tuple[str, ...]] = set()
    facts: set[object] = set()
    for index, reading in enumerate(said):
        marks = _marks(reading)
        live = states[index] in {ItemState.OPEN, ItemState.RESTRICTION}
        if reading.words not in seen and (live or not marks <= facts):
            facts |= marks
            yield index
        seen.add(reading.words)


def _marks(reading: Reading) -> frozenset[object]:
    """The numbers, units and sides that must not be lost."""
    numbers = {word for word in reading.words if word[0].isdigit()}
    return frozenset(numbers) | reading.quantities | reading.units | reading.sides


def _worth(said: Sequence[str], index: int) -> float:
    """What a sentence tells, the first ones a little more."""
    return _mass((said[index],)) * (1.5 if index == 0 else 1.1 if index == 1 else 1.0)


def _mass(said: Iterable[str]) -> int:
    told: dict[str, int] = {}
    for sentence in said:
        told.update(features(words(sentence)).things)
    return sum(told.values())


def _traced(said: Iterable[str], entry: Entry) -> tuple[TracedSentence, ...]:
    return tuple(TracedSentence(text=sentence, entry_id=entry.id) for sentence in said)
