"""Where an item's sources are printed: with the item itself, or numbered once in the annex."""

from collections.abc import Iterator
from typing import NamedTuple

from storage.handovers.snapshot import (
    DocumentSource,
    EntrySource,
    EventSource,
    Snapshot,
    SnapshotItem,
)

Source = EntrySource | EventSource | DocumentSource


class Footnote(NamedTuple):
    """One numbered source. `kind` is `entry`, `event` or `document`."""

    number: int
    kind: str
    source: Source

    @property
    def name(self) -> str:
        """What an item calls it: who said it, what kind of event it is, which file."""
        match self.source:
            case EntrySource():
                return self.source.author
            case EventSource():
                return self.source.type.replace("_", " ")
            case DocumentSource():
                return self.source.name


class Footnotes:
    """The sources of one snapshot.

    An entry whose exact words an item prints is printed there, with its author and time. Every
    other source is numbered, in order of first mention.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        items = [item for section in snapshot.sections for item in section.items]
        self._quoted_in: dict[str, str] = {}
        for item in items:
            for entry in item.sources.entries:
                if entry.narrative == item.text:
                    self._quoted_in.setdefault(entry.id, item.number)
        self._notes: dict[tuple[str, str], Footnote] = {}
        for item in items:
            for kind, source in _sources(item):
                if source.id not in self._quoted_in:
                    note = Footnote(len(self._notes) + 1, kind, source)
                    self._notes.setdefault((kind, source.id), note)

    def __iter__(self) -> Iterator[Footnote]:
        return iter(self._notes.values())

    def quoted(self, item: SnapshotItem) -> tuple[EntrySource, ...]:
        """The entries whose exact words this item prints."""
        entries = item.sources.entries
        return tuple(e for e in entries if self._quoted_in.get(e.id) == item.number)

    def items_cited(self, item: SnapshotItem) -> tuple[str, ...]:
        """The numbers of other items that print the exact words of entries this one rests on."""
        printed = (self._quoted_in.get(entry.id) for entry in item.sources.entries)
        return tuple(
            dict.fromkeys(number for number in printed if number and number != item.number)
        )

    def notes_cited(self, item: SnapshotItem) -> tuple[Footnote, ...]:
        """The numbered sources this item rests on."""
        keys = ((kind, source.id) for kind, source in _sources(item))
        return tuple(self._notes[key] for key in keys if key in self._notes)

    def entry_marks(self, entry_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Entries by where they are printed, or by id when no item rests on them any more."""
        return tuple(self._mark("entry", entry_id) for entry_id in entry_ids)

    def _mark(self, kind: str, source_id: str) -> str:
        if source_id in self._quoted_in:
            return f"item {self._quoted_in[source_id]}"
        note = self._notes.get((kind, source_id))
        return f"[{note.number}]" if note else source_id


def _sources(item: SnapshotItem) -> Iterator[tuple[str, Source]]:
    for entry in item.sources.entries:
        yield "entry", entry
    for event in item.sources.events:
        yield "event", event
    for document in item.sources.documents:
        yield "document", document
