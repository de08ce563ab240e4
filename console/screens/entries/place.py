"""Entries: what was captured, newest first."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.entries.detail import EntryScreen, entry_facts
from console.screens.entries.inbox import InboxPlace
from console.screens.entries.marks import EntryMarks
from console.screens.lineages import Lineages
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.snapshots.places import Page, take_entries
from console.widgets.facts import Fact
from console.widgets.rows import Column
from storage.entries.filters import FIELDS, read_filter
from storage.entries.order import Cursor, EntryOrder
from storage.entries.views import EntryQuery, EntryView, cursor_of


class EntriesPlace(EntryMarks, Lineages, ListPlace[EntryView]):
    """The list of entries; the pane shows the words of the one under the cursor."""

    ID = "entries"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("risk", 12, needs=50),
        Column("domain", 7, needs=60),
        Column("", 1),
        Column("what was said"),
        Column("by", 20, needs=110),
    )
    HINT = "words  status:resolved  bucket:deck  domain:ENG  risk:safety  author:name  since:8h"
    FIELDS = FIELDS
    ORDERS = tuple(EntryOrder)
    NOUN = ("entry", "entries")

    def take(self, text: str, start: Cursor | None, size: int) -> Page[EntryView]:
        """A window of entries."""
        return take_entries(self.query_of(text), start, size)

    def query_of(self, text: str) -> EntryQuery:
        """The store's own query for a filter."""
        return EntryQuery(where=read_filter(text), order=EntryOrder(self.order))

    def check(self, text: str) -> None:
        """Raise BadInput when the filter cannot be read."""
        read_filter(text)

    def id_of(self, item: EntryView) -> str:
        """Its id."""
        return item.id

    def cursor_of(self, item: EntryView) -> Cursor:
        """Its place in the order."""
        return cursor_of(EntryOrder(self.order), item)

    def cells(self, item: EntryView) -> tuple[Content, ...]:
        """One line."""
        mark, _ = glyphs.ENTRIES[item.status]
        return (
            self.short_time(item.created_at),
            glyphs.worst_risk(item.risk_tags),
            Content(item.primary_domain),
            Content(mark),
            glyphs.one_line(item.narrative),
            glyphs.one_line(item.author),
        )

    def facts(self, item: EntryView) -> Sequence[Fact]:
        """The words, and how they were read."""
        return entry_facts(item, self.full_time(item.created_at))

    def detail(self, item: EntryView) -> LiveScreen:
        """The entry with its history."""
        return EntryScreen(item.id)

    def empty(self) -> str:
        """No entries at all."""
        return f"Nothing has been captured yet. Press {key('new_entry')} and say what matters."

    def entry_in_hand(self) -> EntryView | None:
        """The entry under the cursor."""
        return self.current

    def lineage_of(self) -> str | None:
        """The entry in hand."""
        entry = self.entry_in_hand()
        return entry.id if entry else None

    def action_inbox(self) -> None:
        """b: the proposals."""
        self.app.push_screen(InboxPlace())
