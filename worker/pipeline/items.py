"""From an entry to the item that tells it (pure)."""

from collections.abc import Mapping

from storage.drafts.content import ItemContent
from storage.taxonomy.risks import Confidence
from worker.pipeline.entry import Entry
from worker.pipeline.group import domain_of
from worker.pipeline.summarise import summarise

_THIN = 0.6
"""Below this share kept, a summary is said to be uncertain."""


def item(entry: Entry, conflict_notes: Mapping[str, str], seconded: frozenset[str]) -> ItemContent:
    """The item of one entry; its note says in words what is conflicting or uncertain. `seconded`
    are the ids of entries that somebody else says too."""
    given, summary = entry.given, summarise(entry)
    conflict = conflict_notes.get(entry.id, "")
    doubts = _doubts(entry, summary.kept)
    return ItemContent(
        key=entry.key,
        domain=domain_of(entry),
        text=summary.text,
        sentences=summary.sentences,
        risk_tags=entry.tags,
        confidence=Confidence.LOW
        if conflict
        else _confidence(entry, summary.kept, entry.id in seconded),
        state=entry.reading.state,
        conflict=bool(conflict),
        uncertain=bool(doubts),
        note=" ".join(filter(None, (conflict, doubts))),
        summarised=summary.summarised,
        planning=entry.reading.planning,
        entry_ids=(entry.id,),
        event_ids=given.event_ids,
        document_ids=given.document_ids,
        carried=given.carried,
    )


def _confidence(entry: Entry, kept: float, seconded: bool) -> Confidence:
    """By evidence first: without any it is LOW, whoever says it. With it, two who say the same are
    surer than one, and a thin summary is not sure."""
    given = entry.given
    if not given.event_ids and not given.document_ids:
        return Confidence.LOW
    if seconded and kept >= _THIN and given.confidence is Confidence.MEDIUM:
        return Confidence.HIGH
    if kept < _THIN and given.confidence is Confidence.HIGH:
        return Confidence.MEDIUM
    return given.confidence


def _doubts(entry: Entry, kept: float) -> str:
    if not entry.reading.words:
        return "The entry has no words that can be read."
    if kept < _THIN:
        return f"Summarised: about {round(100 * kept)} % of what it tells is kept."
    return ""
