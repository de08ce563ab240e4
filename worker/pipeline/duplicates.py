"""Stage 4: the same fact said twice becomes a proposal, never a merge (DOMAIN §5; pure).

Copies and near-identical wordings, possible repeats with the nearest three of each only, and chains
of progress, are proposed apart. A pair a person has refused is never proposed again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage.drafts.content import ProposalContent, ProposalKind
from worker.pipeline.clusters import Link, clusters, without_refused
from worker.pipeline.entry import Entry, item_key
from worker.pipeline.likeness import NEAR_IDENTICAL, Kind, compatible, same_unit, stages_in_words
from worker.pipeline.relations import Node, Relation
from worker.pipeline.shares import Shared, for_each, undivided
from worker.pipeline.summarise import merged_text

_NEAREST = 3
_COPY_CORE, _CHAIN_CORE = 0.3, 0.15

Refused = frozenset[tuple[str, str]]


class _Found(NamedTuple):
    kind: ProposalKind
    entries: tuple[Entry, ...]
    score: float


def proposals(
    nodes: Sequence[Node],
    related: Iterable[Relation],
    refused: Refused,
    shared: Shared = undivided,
) -> tuple[ProposalContent, ...]:
    """The merge proposals of a draft, nearest wording first."""
    pairs = list(related)
    same = nearest([pair for pair in pairs if pair.kind is Kind.SAME])
    chains = nearest([pair for pair in pairs if pair.kind is Kind.PROGRESS])
    found = [
        *_found(nodes, same, ProposalKind.DUPLICATE, refused),
        *_found(nodes, chains, ProposalKind.PROGRESS, refused),
    ]
    found.sort(key=lambda one: (one.kind.value, -one.score, one.entries[0].id))
    return tuple(for_each(found, _proposal, shared))


def seconded(entries: Iterable[Entry], found: Iterable[ProposalContent]) -> frozenset[str]:
    """The ids of entries whose fact more than one person tells in like words."""
    authors = {entry.id: entry.given.author for entry in entries}
    return frozenset(
        entry_id
        for one in found
        if one.kind is ProposalKind.DUPLICATE
        and len({authors[entry_id] for entry_id in one.entry_ids} - {""}) > 1
        for entry_id in one.entry_ids
    )


def nearest(pairs: Iterable[Relation]) -> list[Relation]:
    """The pairs that are among the three best of both their nodes; near-identical ones always."""
    ranked = sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.two))
    taken: dict[int, int] = defaultdict(int)
    kept = []
    for pair in ranked:
        if pair.score >= NEAR_IDENTICAL or max(taken[pair.one], taken[pair.two]) < _NEAREST:
            kept.append(pair)
            taken[pair.one] += 1
            taken[pair.two] += 1
    return kept


def _found(
    nodes: Sequence[Node], pairs: Sequence[Relation], kind: ProposalKind, refused: Refused
) -> Iterable[_Found]:
    links = [Link(pair.one, pair.two, pair.score) for pair in pairs]
    fits = same_unit if kind is ProposalKind.PROGRESS else compatible
    core = _CHAIN_CORE if kind is ProposalKind.PROGRESS else _COPY_CORE
    grouped = clusters([node.reading for node in nodes], links, fits, core=core)
    if kind is ProposalKind.DUPLICATE:
        together = {index for members, _ in grouped for index in members}
        copies = (i for i, node in enumerate(nodes) if len(node.entries) > 1 and i not in together)
        grouped += [((index,), 1.0) for index in copies]
    for members, weakest in grouped:
        entries = [entry for index in members for entry in nodes[index].entries]
        for part in without_refused(entries, refused):
            yield _Found(kind, part, weakest)


def _proposal(found: _Found) -> ProposalContent:
    ids = tuple(entry.id for entry in found.entries)
    return ProposalContent(
        key=f"{found.kind.value}-{item_key(ids)}",
        kind=found.kind,
        entry_ids=ids,
        item_keys=tuple(entry.key for entry in found.entries),
        score=round(100 * found.score),
        reason=_reason(found),
        merged_text=merged_text(found.entries),
    )


def _reason(found: _Found) -> str:
    if found.kind is ProposalKind.PROGRESS:
        stages = stages_in_words(entry.reading.stage for entry in found.entries)
        return f"one fact over time: {stages}"
    shared = set.intersection(*(set(e.reading.features.things) for e in found.entries))
    wording = "near-identical wording" if found.score >= NEAR_IDENTICAL else "similar wording"
    written = [word for word in found.entries[0].reading.words if _is_about(word, shared)]
    about = ", ".join(dict.fromkeys(written))
    return f"{wording}: {about}" if about else wording


def _is_about(word: str, things: set[str]) -> bool:
    return any(word.startswith(thing[:5]) for thing in things) and word[0].isalpha()
