"""Finding cue phrases among the words of a narrative (pure)."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, plain, sizes_by_start, words


class Cue(NamedTuple):
    """One cue phrase: its sort, and the words it covers."""

    sort: str
    start: int
    end: int


def cues(found: Words, name: str, cut: Callable[[Words], Words] = plain) -> Iterator[Cue]:
    """The cues of knowledge file `name` in `found`: longest first, left to right, no overlap.

    The phrases are compared with `found` as `cut` leaves them: with their endings, or as stems.
    """
    table, sizes = _phrases(name, cut)
    if sizes.keys().isdisjoint(found):
        return
    taken = 0
    for start, word in enumerate(found):
        if word not in sizes or start < taken:
            continue
        for size in sizes[word]:
            phrase = found[start : start + size]
            if sort := table.get(phrase):
                taken = start + len(phrase)
                yield Cue(sort, start, taken)
                break


@cache
def _phrases(
    name: str, cut: Callable[[Words], Words]
) -> tuple[Mapping[Words, str], Mapping[str, tuple[int, ...]]]:
    """Every phrase by its words, and the sizes of the phrases each first word begins; a sort listed
    earlier in the file wins a phrase listed twice."""
    table: dict[Words, str] = {}
    for sort, block in toml(name)["cues"].items():
        for written in listed(block):
            table.setdefault(cut(words(written)), sort)
    table.pop((), None)
    return table, sizes_by_start(table)
