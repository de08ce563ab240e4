"""What tells nothing of which fact it is: when, under what way, who was told, how far (pure)."""

from functools import cache, lru_cache

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, sizes_by_start, words


@lru_cache(maxsize=1_024)
def matter(found: Words) -> Words:
    """`found` without its circumstances: "at anchor", "captain told", "waiting for parts"."""
    phrases, sizes = _circumstances()
    if sizes.keys().isdisjoint(found):
        return found
    kept: list[str] = []
    taken = 0
    for start, word in enumerate(found):
        for size in sizes.get(word, ()) if start >= taken else ():
            phrase = found[start : start + size]
            if phrase in phrases:
                taken = start + len(phrase)
                break
        if start >= taken:
            kept.append(word)
    return tuple(kept)


@cache
def _circumstances() -> tuple[frozenset[Words], dict[str, tuple[int, ...]]]:
    """Every phrase by its words, and the sizes of the phrases each first word begins."""
    blocks = toml("circumstances").values()
    phrases = frozenset(words(phrase) for block in blocks for phrase in listed(block))
    return phrases, sizes_by_start(phrases)
