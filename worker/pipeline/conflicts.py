"""Statements that cannot both hold: flagged with all sources, not resolved here (DOMAIN §5; pure).

What several statements say of one matter is one conflict, however many pairs of them disagree: a
gauge read five times in an hour is one question, not ten.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storage.drafts.content import ConflictContent
from storage.taxonomy.reading import Reading, Stage
from worker.pipeline.clusters import Link, clusters
from worker.pipeline.entry import Entry, item_key
from worker.pipeline.likeness import Kind, same_unit
from worker.pipeline.overlap import stands_open
from worker.pipeline.relations import Node, Relation

_QUOTE = 90
_CORE = 0.6
"""Share of the shortest statement that all statements of a conflict must name."""


def conflicts(nodes: Sequence[Node], related: Iterable[Relation]) -> tuple[ConflictContent, ...]:
    """One conflict for each matter on which statements contradict, with the newest entry of each
    wording, oldest first; between the two newest that exclude each other it is told in words."""
    pairs = list(related)
    over = _overtaken(nodes, pairs)
    links = [
        Link(pair.one, pair.two, pair.score)
        for pair in pairs
        if pair.kind is Kind.CONTRARY and max(pair.one, pair.two) not in over
    ]
    found = [
        _conflict([nodes[index].entries[-1] for index in members], newest, nodes)
        for members, newest in _matters([node.reading for node in nodes], links)
    ]
    return tuple(sorted(found, key=lambda conflict: conflict.key))


def _overtaken(nodes: Sequence[Node], related: Iterable[Relation]) -> set[int]:
    """What later words have settled: it was dealt with since, or read anew."""
    return {
        min(pair.one, pair.two)
        for pair in related
        if pair.kind is Kind.READINGS
        or (
            pair.kind is Kind.PROGRESS
            and nodes[max(pair.one, pair.two)].reading.stage is Stage.DONE
        )
    }


def _matters(
    readings: Sequence[Reading], links: Sequence[Link]
) -> Iterator[tuple[tuple[int, ...], Link]]:
    """The members of each matter and its newest contradiction. A statement that contradicts two
    which cannot be about one unit is in two conflicts: no contradiction is left unsaid."""
    while links:
        groups = clusters(readings, links, same_unit, core=_CORE)
        home = {member: at for at, (members, _) in enumerate(groups) for member in members}
        inside = [link for link in links if home.get(link.one, -1) == home.get(link.two, -2)]
        newest = {home[link.one]: link for link in sorted(inside, key=_age)}
        yield from ((groups[at][0], link) for at, link in newest.items())
        told = set(inside)
        links = [link for link in links if link not in told] if told else ()


def _age(link: Link) -> tuple[int, int]:
    """Nodes are numbered by age."""
    return max(link.one, link.two), min(link.one, link.two)


def notes(found: Iterable[ConflictContent]) -> Mapping[str, str]:
    """What each entry in a conflict has to say about it, by entry id."""
    said: dict[str, list[str]] = defaultdict(list)
    for conflict in found:
        for entry_id in conflict.entry_ids:
            said[entry_id].append(conflict.reason)
    return {entry_id: " ".join(reasons) for entry_id, reasons in said.items()}


def _conflict(entries: Iterable[Entry], newest: Link, nodes: Sequence[Node]) -> ConflictContent:
    told = _by_age(entries)
    one, two = _by_age(nodes[index].entries[-1] for index in (newest.one, newest.two))
    others = f", and {len(told) - 2} more of the same matter" if len(told) > 2 else ""
    ids = tuple(entry.id for entry in told)
    return ConflictContent(
        key=f"conflict-{item_key(ids)}",
        entry_ids=ids,
        item_keys=tuple(entry.key for entry in told),
        reason=f"Conflicting statements: {_quoted(one)} against {_quoted(two)}"
        f"{_how(one, two)}{others}.",
    )


def _by_age(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.given.created_at, entry.id))


def _quoted(entry: Entry) -> str:
    words = " ".join(entry.given.narrative.split())
    return f"“{words if len(words) <= _QUOTE else words[:_QUOTE].rsplit(' ', 1)[0] + ' …'}”"


def _how(one: Entry, two: Entry) -> str:
    if one.reading.quantities and two.reading.quantities:
        return " (different readings)"
    if stands_open(one) != stands_open(two):
        return " (one says it is dealt with, the other that it is not)"
    return ""
