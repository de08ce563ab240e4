"""Finding cue phrases among the words of a narrative (pure)."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, plain, words


class Cue(NamedTuple):
    """One cue phrase: its sort, and the words it covers."""

    sort: str
    start: int
    end: int


def cues(found: Words, name: str) -> Iterator[Cue]:
    """The cues of knowledge file `name` in `found`: longest first, left to right, no overlap."""
    table, longest = _phrases(name)
    start = 0
    while start < len(found):
        for end in range(min(len(found), start + longest), start, -1):
            if sort := table.get(found[start:end]):
                yield Cue(sort, start, end)
                start = end
                break
        else:
            start += 1


@cache
def _phrases(name: str) -> tuple[Mapping[Words, str], int]:
    """Every phrase by its words; a sort listed earlier in the file wins a phrase listed twice."""
    table: dict[Words, str] = {}
    for sort, block in toml(name)["cues"].items():
        for phrase in listed(block):
            table.setdefault(plain(words(phrase)), sort)
    table.pop((), None)
    return table, max(map(len, table))
