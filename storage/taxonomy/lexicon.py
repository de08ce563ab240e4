"""Finding the terms of the knowledge in a narrative: longest phrase first (pure)."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from storage.taxonomy import spelling
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, stems, words

TIERS = {"strong": 3.0, "plain": 1.6, "hint": 0.6}
"""What one term of a tier is worth to its domain."""

_OWN = 15.0
"""What a ship's own name is worth: enough to settle it."""

Votes = Mapping[str, float]


class Hit(NamedTuple):
    """One term found: where it starts, how many stems it covers, and what it votes for."""

    start: int
    size: int
    votes: Votes


Trie = dict[str, "Trie | Votes"]
_END = ""


def hits(found: Words, extra: Mapping[str, str] | None = None) -> Iterator[Hit]:
    """The terms in the stems `found`, left to right, never overlapping, longest first.

    `extra` are a ship's own names for its equipment, each with the domain it belongs to.
    """
    own = _own_terms(tuple(sorted(extra.items()))) if extra else {}
    terms = _terms()
    start = 0
    while start < len(found):
        best = _longest(own, found, start) if own else None
        best = best or _longest(terms, found, start)
        if best:
            yield best
        start += best.size if best else 1


def _longest(trie: Trie, found: Words, start: int) -> Hit | None:
    best: Hit | None = None
    node = trie
    for end in range(start, len(found)):
        following = node.get(found[end])
        if not isinstance(following, dict):
            break
        node = following
        if (votes := node.get(_END)) is not None:
            best = Hit(start, end + 1 - start, votes)  # type: ignore[arg-type]
    return best


@cache
def _terms() -> Trie:
    votes: dict[Words, dict[str, float]] = {}
    for name in spelling.domain_files():
        for domain, tiers in toml(name).items():
            for tier, block in tiers.items():
                for term in listed(block):
                    one = votes.setdefault(stems(words(term)), {})
                    one[domain] = max(TIERS[tier], one.get(domain, 0.0))
    return _trie(votes)


@cache
def _own_terms(terms: tuple[tuple[str, str], ...]) -> Trie:
    return _trie({stems(words(name)): {domain: _OWN} for name, domain in terms})


def _trie(votes: Mapping[Words, Votes]) -> Trie:
    root: Trie = {}
    for term, given in votes.items():
        node = root
        for stem in term:
            node = node.setdefault(stem, {})  # type: ignore[assignment]
        if term:
            node[_END] = given
    return root
