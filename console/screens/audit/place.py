"""Audit: everything that happened, newest first, and proof that the log is whole."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.screens.asking import Tell
from console.screens.audit.event_detail import EventScreen, event_facts
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.snapshots.places import Page, take_events
from console.widgets.facts import Fact
from console.widgets.rows import Column
from storage.audit.filters import FIELDS, read_filter
from storage.audit.proving import fingerprint
from storage.audit.views import AuditQuery, AuditRow, verify
from storage.audit.words import said


class AuditPlace(ListPlace[AuditRow]):
    """The log; the pane shows the facts of the event under the cursor."""

    ID = "audit"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("event", 7),
        Column("who", 18, needs=60),
        Column("", 1),
        Column("what"),
        Column("subject", 36, needs=110),
    )
    HINT = "words  actor:name  action:draft  outcome:refused  since:8h"
    FIELDS = FIELDS
    NOUN = ("event", "events")

    def take(self, text: str, start: int | None, size: int) -> Page[AuditRow]:
        """A window of events."""
        return take_events(AuditQuery(where=read_filter(text)), start, size)

    def check(self, text: str) -> None:
        """Raise BadInput when the filter cannot be read."""
        read_filter(text)

    def id_of(self, item: AuditRow) -> str:
        """Its number."""
        return str(item.seq)

    def cursor_of(self, item: AuditRow) -> int:
        """Its number."""
        return item.seq

    def cells(self, item: AuditRow) -> tuple[Content, ...]:
        """One line."""
        return (
            self.short_time(item.at),
            Content(f"{item.seq:>7}"),
            glyphs.one_line(item.actor_name),
            glyphs.outcome(item.outcome),
            glyphs.one_line(said(item.action, item.outcome)),
            glyphs.one_line(f"{item.subject_kind} {item.subject_id}"),
        )

    def facts(self, item: AuditRow) -> Sequence[Fact]:
        """What the event says."""
        return event_facts(item, self.full_time(item.at))

    def detail(self, item: AuditRow) -> LiveScreen:
        """The event with its hash."""
        return EventScreen(item)

    def empty(self) -> str:
        """A store without events has just been made."""
        return "Nothing has happened yet."

    async def action_verify(self) -> None:
        """v: walk the whole chain."""
        verdict = await self.call(verify)
        if verdict.ok:
            self.say(
                f"The log is whole: {verdict.size:,} events, last hash {verdict.root[:16]}…", "done"
            )
        else:
            self.say(f"THE LOG IS NOT WHOLE: {verdict.problem}", "error")

    async def action_fingerprint(self) -> None:
        """f: to be written down elsewhere."""
        mark = await self.call(fingerprint)
        text = Content(str(mark))
        await self.ask(
            Tell("Fingerprint of the log", text, "Written down elsewhere, these show a cut tail.")
        )
