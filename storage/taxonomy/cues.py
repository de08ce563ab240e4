"""Finding cue phrases among the words of a narrative (pure)."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, plain, words


class Cue(NamedTuple):
    """One cue phrase: its sort, and the words it covers."""

    sort: str
    start: int
    end: int


def cues(found: Words, name: str, cut: Callable[[Words], Words] = plain) -> Iterator[Cue]:
    """The cues of knowledge file `name` in `found`: longest first, left to right, no overlap.

    The phrases are compared with `found` as `cut` leaves them: with their endings, or as stems.
    """
    table, longest = _phrases(name, cut)
    if longest.keys().isdisjoint(found):
        return
    taken = 0
    for start, word in enumerate(found):
        if word not in longest or start < taken:
            continue
        for end in range(min(len(found), start + longest[word]), start, -1):
            if sort := table.get(found[start:end]):
                yield Cue(sort, start, end)
                taken = end
                break


@cache
def _phrases(
    name: str, cut: Callable[[Words], Words]
) -> tuple[Mapping[Words, str], Mapping[str, int]]:
    """Every phrase by its words, and the longest phrase each first word begins; a sort listed
    earlier in the file wins a phrase listed twice."""
    table: dict[Words, str] = {}
    for sort, block in toml(name)["cues"].items():
        for written in listed(block):
            table.setdefault(cut(words(written)), sort)
    table.pop((), None)
    longest: dict[str, int] = {}
    for phrase in table:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return table, longest
