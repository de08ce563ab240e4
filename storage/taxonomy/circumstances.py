"""What tells nothing of which fact it is: when, under what way, who was told, how far (pure)."""

from functools import cache, lru_cache

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, words


@lru_cache(maxsize=1_024)
def matter(found: Words) -> Words:
    """`found` without its circumstances: "at anchor", "captain told", "waiting for parts"."""
    phrases, longest = _circumstances()
    kept: list[str] = []
    taken = 0
    for start, word in enumerate(found):
        most = longest.get(word, 0)
        for end in range(start + most, start, -1) if start >= taken else ():
            if found[start:end] in phrases:
                taken = min(end, len(found))
                break
        if start >= taken:
            kept.append(word)
    return tuple(kept)


@cache
def _circumstances() -> tuple[frozenset[Words], dict[str, int]]:
    """Every phrase by its words, and the longest phrase each first word begins."""
    blocks = toml("circumstances").values()
    phrases = frozenset(words(phrase) for block in blocks for phrase in listed(block))
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return phrases, longest
