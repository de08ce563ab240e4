"""Stage 5: long narratives compressed by leaving out, never by rewording (DOMAIN §5; pure).

Every sentence kept is a verbatim piece of the narrative it is traced to. A sentence that brings a
number, a unit, a restriction or something open is never left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from storage.drafts.content import TracedSentence
from storage.taxonomy.comparing import features
from storage.taxonomy.designators import designators
from storage.taxonomy.polarity import cued_state
from storage.taxonomy.reading import Reading
from storage.taxonomy.scales import quantities
from storage.taxonomy.sides import sides
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, words
from worker.pipeline.entry import Entry

_LONG_TEXT = 480
"""Characters up to which a narrative is left as it is."""
_AIM = 4
"""Sentences a summary aims at; it keeps more when more must be kept."""
_WORTH = 0.85
"""A summary longer than this share of the original is not worth a missing word."""
_MERGED_WORDINGS = 200
"""Different wordings read for a merged text; what a person can still check against it."""


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
    said = entry.reading.sentences or (narrative,)
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
    return in_a_row([sentence.text for sentence in merged_sentences(entries)])


def in_a_row(kept: Sequence[str]) -> str:
    """Sentences as one text; one without an end of its own is closed before the next."""
    closed = [one if one[-1] in ".!?;:" else f"{one};" for one in kept[:-1]]
    return " ".join([*closed, *kept[-1:]])


def merged_sentences(entries: Sequence[Entry]) -> tuple[TracedSentence, ...]:
    """What several entries tell together: every sentence that brings something new, traced."""
    kept: list[TracedSentence] = []
    told: list[tuple[frozenset[object], ItemState]] = []
    for entry, sentence, state, alone in _wordings(entries):
        tells = _all_told(entry.reading) if alone else _tells(sentence)
        if not any(state is other and tells <= earlier for earlier, other in told):
            told.append((tells, state))
            kept.append(TracedSentence(text=sentence, entry_id=entry.id))
    return tuple(kept)


def _wordings(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str, ItemState, bool]]:
    """Each sentence of the entries once, with its state and whether it is all its entry says."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.given.narrative, entry)
    seen: set[tuple[str, bool]] = set()
    for entry in islice(first.values(), _MERGED_WORDINGS):
        alone = len(entry.reading.sentences) == 1
        for sentence, state in zip(entry.reading.sentences, entry.reading.states, strict=True):
            if (sentence, alone) not in seen:
                seen.add((sentence, alone))
                yield entry, sentence, state, alone


@lru_cache(maxsize=4_096)
def _tells(sentence: str) -> frozenset[object]:
    """What a sentence names: its things, its numbers and units, and its side."""
    found = words(sentence)
    return frozenset(features(found).things) | _marks(found)


def _all_told(reading: Reading) -> frozenset[object]:
    """What a narrative of one sentence names, as it was read already."""
    numbers = (word for word in reading.words if word[0].isdigit())
    marks = reading.quantities | reading.units | reading.sides
    return frozenset(reading.features.things).union(numbers, marks)


def telling(said: Sequence[str], among: Iterable[int], most: int) -> list[int]:
    """The indexes, in order, of at most `most` of the sentences `said` that tell the most."""
    return sorted(sorted(among, key=lambda index: (-_worth(said, index), index))[:most])


def _keep(said: Sequence[str]) -> list[int]:
    """The indexes of what must stay, and of the most telling of the rest, in order."""
    must = {0, *_must_stay(said)}
    rest = [index for index in range(len(said)) if index not in must]
    return sorted([*must, *telling(said, rest, max(0, _AIM - len(must)))])


def _must_stay(said: Sequence[str]) -> Iterable[int]:
    """Sentences with something open, a limit, or a number that no kept sentence has yet."""
    seen: set[Words] = set()
    facts: set[object] = set()
    for index, sentence in enumerate(said):
        found, marks = words(sentence), _marks(words(sentence))
        live = cued_state(sentence) in {ItemState.OPEN, ItemState.RESTRICTION}
        if found not in seen and (live or not marks <= facts):
            facts |= marks
            yield index
        seen.add(found)


def _marks(found: Words) -> frozenset[object]:
    """The numbers, units and sides that must not be lost."""
    numbers = frozenset(word for word in found if word[0].isdigit())
    return numbers | quantities(found) | designators(found) | sides(found)


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
