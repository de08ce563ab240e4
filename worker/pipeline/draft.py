"""The handover draft: the stages of DOMAIN §5 between fetch and write, in reading order (pure)."""

from collections.abc import Callable, Mapping

from storage.drafts.content import (
    ConflictContent,
    DraftContent,
    DraftInput,
    ItemContent,
    ProposalContent,
    SectionContent,
)
from worker.pipeline.command import command_section
from worker.pipeline.completeness import completeness
from worker.pipeline.conflicts import conflicts, notes
from worker.pipeline.duplicates import Refused, proposals, seconded
from worker.pipeline.entry import Entry, read_all
from worker.pipeline.group import Groups, group
from worker.pipeline.items import item
from worker.pipeline.merged import Fused, fuse, told_by_fused
from worker.pipeline.overlap import overlap
from worker.pipeline.rank import rank
from worker.pipeline.relations import nodes_of, relations
from worker.pipeline.shares import Shared, undivided
from worker.pipeline.validate import validate

PHASES = ("group", "overlap", "duplicates", "summarise", "rank", "command", "validate")

Report = Callable[[str, int, int], None]
"""Called with (phase, current, total) at every stage boundary."""

_EVERY = 500


def draft(given: DraftInput, report: Report, shared: Shared = undivided) -> DraftContent:
    """The whole draft of `given`. Equal inputs, in any order, give equal bytes (I6), into however
    many shares reading and comparing is `shared`.

    Raises:
        AssertionError: an entry would be lost or an item would have no source; nothing is returned.
    """
    total = len(given.candidates)
    read = read_all(given.candidates, lambda done: report("group", done, total), shared)
    groups = group(read)
    report("overlap", 0, total)
    groups = overlap(groups)
    report("duplicates", 0, total)
    merges, contradictions = _related(groups, given.refused_pairs, shared)
    items = _items(groups, notes(contradictions), seconded(read, merges), report)
    fused = fuse(groups, items, given.merged_earlier)
    report("rank", 0, total)
    sections = _sections(groups, fused)
    report("command", 0, total)
    stated = [item for section in sections for item in section.items]
    command = command_section(stated, given.as_of)
    content = DraftContent(
        sections=(*((command,) if command else ()), *sections),
        proposals=told_by_fused(merges, fused, at_least=2),
        conflicts=told_by_fused(contradictions, fused, at_least=1),
        completeness=completeness(given.handover_type, stated),
    )
    report("validate", total, total)
    return validate(given, content)


def _related(
    groups: Groups, refused: Refused, shared: Shared
) -> tuple[tuple[ProposalContent, ...], tuple[ConflictContent, ...]]:
    """What the entries are to each other: what may be merged, and what cannot both hold."""
    nodes = nodes_of([entry for found in groups.values() for entry in found])
    pairs = relations(nodes, shared)
    return proposals(nodes, pairs, refused, shared), conflicts(nodes, pairs)


def _items(
    groups: Groups, conflict_notes: Mapping[str, str], agreed: frozenset[str], report: Report
) -> dict[str, ItemContent]:
    """The item of every entry, by entry id."""
    entries = [entry for found in groups.values() for entry in found]
    items = {}
    for done, entry in enumerate(entries):
        if done % _EVERY == 0:
            report("summarise", done, len(entries))
        items[entry.id] = item(entry, conflict_notes, agreed)
    return items


def _sections(groups: Groups, fused: Fused) -> tuple[SectionContent, ...]:
    def paired(found: list[Entry]) -> list[tuple[Entry, ItemContent]]:
        return [(entry, fused.items[entry.id]) for entry in found if entry.id in fused.items]

    return tuple(
        SectionContent(bucket=bucket, items=rank(paired(found))) for bucket, found in groups.items()
    )
