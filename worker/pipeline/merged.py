"""Entries a person made one item of in an earlier handover come as one item again (pure).

A person decided so, in a handover two people signed; the item says who and when, and may be split.
Entries of different sections are never one item, whatever was decided before one was corrected.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from storage.drafts.content import (
    Carried,
    ConflictContent,
    ItemContent,
    MergedEarlier,
    ProposalContent,
)
from storage.taxonomy.domains import bucket_of
from storage.taxonomy.risks import Confidence, by_severity
from storage.taxonomy.states import ItemState
from worker.pipeline.entry import Entry, item_key
from worker.pipeline.group import Groups
from worker.pipeline.summarise import in_a_row, merged_sentences

_GRAVEST_STATE = (ItemState.OPEN, ItemState.RESTRICTION, ItemState.NONE, ItemState.DONE)
_LEAST_SURE = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)

Finding = TypeVar("Finding", ProposalContent, ConflictContent)


class Fused(NamedTuple):
    """The items, each under the one entry that places it, and the keys of those they replace."""

    items: Mapping[str, ItemContent]
    keys: Mapping[str, str]


def fuse(
    groups: Groups, items: Mapping[str, ItemContent], merged: Iterable[MergedEarlier]
) -> Fused:
    """One item in place of the items of entries that were merged earlier; its newest entry places
    it among the others."""
    entries = {entry.id: entry for found in groups.values() for entry in found}
    kept, keys = dict(items), dict[str, str]()
    for one in merged:
        for part in _by_bucket([entries[i] for i in one.entry_ids if i in entries], items):
            whole = _item(part, [kept.pop(entry.id) for entry in part], one)
            keys.update((items[entry.id].key, whole.key) for entry in part)
            kept[part[-1].id] = whole
    return Fused(kept, keys)


def told_by_fused(
    findings: Iterable[Finding], fused: Fused, *, at_least: int
) -> tuple[Finding, ...]:
    """The findings about the items as they are now; those about fewer than `at_least` drop."""
    told = [
        finding.model_copy(
            update={
                "item_keys": tuple(dict.fromkeys(fused.keys.get(k, k) for k in finding.item_keys))
            }
        )
        for finding in findings
    ]
    return tuple(finding for finding in told if len(finding.item_keys) >= at_least)


def _by_bucket(
    entries: Iterable[Entry], items: Mapping[str, ItemContent]
) -> Iterator[tuple[Entry, ...]]:
    """The entries of one section each, oldest first, where they are still more than one."""
    parts: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.given.created_at, entry.id)):
        parts[bucket_of(items[entry.id].domain)].append(entry)
    return (tuple(part) for part in parts.values() if len(part) > 1)


def _item(
    entries: Sequence[Entry], items: Sequence[ItemContent], one: MergedEarlier
) -> ItemContent:
    first, said = items[0], merged_sentences(entries)
    notes = [f"Merged by {one.by} on {one.at.date()}, in an earlier handover."]
    notes += [item.note for item in items if item.note]
    return replace(
        first,
        key=item_key(entry.id for entry in entries),
        text=in_a_row([sentence.text for sentence in said]) or first.text,
        sentences=said or first.sentences,
        risk_tags=by_severity(tag for item in items for tag in item.risk_tags),
        confidence=min((item.confidence for item in items), key=_LEAST_SURE.index),
        state=min((item.state for item in items), key=_GRAVEST_STATE.index),
        conflict=any(item.conflict for item in items),
        uncertain=any(item.uncertain for item in items),
        note=" ".join(dict.fromkeys(notes)),
        summarised=len(said) < sum(len(item.sentences) for item in items),
        planning=_all(item.planning for item in items),
        entry_ids=tuple(entry.id for entry in entries),
        event_ids=_all(item.event_ids for item in items),
        document_ids=_all(item.document_ids for item in items),
        carried=_carried([item.carried for item in items if item.carried]),
    )


def _carried(before: Sequence[Carried]) -> Carried | None:
    if not before:
        return None
    return Carried(
        first_raised_at=min(one.first_raised_at for one in before),
        count=max(one.count for one in before),
    )


def _all(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in parts for value in part))
