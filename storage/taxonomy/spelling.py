"""Folding a misspelt word to the one known word nearest to it (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from storage.taxonomy.knowledge import listed, table, toml

_LONG = 8
"""From this length on two slips are forgiven, below it one."""


@lru_cache(maxsize=32_768)
def nearest(word: str, known: frozenset[str]) -> str | None:
    """The one known word within the allowed distance of `word`; None when there is no or no one.

    Only words with the same first letter are asked: crews rarely miss that one, and it keeps a
    long text of unknown words cheap.
    """
    from rapidfuzz import process  # late: most words are spelled right
    from rapidfuzz.distance import OSA

    allowed = 2 if len(word) >= _LONG else 1
    choices = _by_start(known).get(word[0], ())
    best = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return str(best[0][0])


@cache
def vocabulary() -> tuple[str, ...]:
    """Every term of the knowledge files, as written there."""
    return tuple(sorted({*_domain_terms(), *_strings(toml("synonyms"))}))


@cache
def seen_stems() -> frozenset[str]:
    """The stems of the shipped background table."""
    return frozenset(table("idf")["weights"])


def domain_files() -> tuple[str, ...]:
    """The names of the term files, one per bucket."""
    return ("terms_engineering", "terms_eto", "terms_deck", "terms_interior", "terms_admin")


def _domain_terms() -> Iterable[str]:
    for name in domain_files():
        for tiers in toml(name).values():
            for block in tiers.values():
                yield from listed(block)


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield from listed(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)


@cache
def _by_start(known: frozenset[str]) -> dict[str, list[str]]:
    starts: dict[str, list[str]] = defaultdict(list)
    for word in sorted(known):
        if len(word) > 3:
            starts[word[0]].append(word)
    return starts
