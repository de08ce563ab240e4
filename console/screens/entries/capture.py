"""Capturing an entry: what is written on top, how it is read below, before anything is saved."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from console.keys_aboard import fixed, legend
from console.local_drafts import NOT_KEPT, LocalDraft
from console.screens.dialog import Dialog
from console.screens.entries.evidence import EvidenceSheet
from console.screens.entries.tied import keep_in, kept_in, tied_facts
from console.snapshots.sources import Source, recent_sources
from console.widgets.facts import Facts
from console.widgets.fields import QuietTextArea
from console.widgets.reading import ReadingPanel
from storage.entries.actions import capture
from storage.entries.reading import read_narrative
from storage.errors import EightBellsError
from storage.people.views import CrewMember

PAUSE_S = 0.25
SAVING, SAID_AFTER_S = "One moment: it is being saved.", 0.3
"""A save that is done by then needs no word."""
KEYS = legend(
    ("ctrl+s", "save"), ("ctrl+t", "evidence"), ("escape", "leave it for later"),
    ("ctrl+r", "afresh"),
)  # fmt: skip


class CaptureSheet(Dialog[str]):
    """What matters, in the person's own words; the answer is the id of the saved entry."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", show=False, priority=True),
        Binding("ctrl+r", "afresh", "start afresh", show=False, priority=True),
        Binding("ctrl+t", "tie", "evidence", show=False, priority=True),
    ]

    def __init__(self, person: CrewMember, half_written: LocalDraft, half_tied: LocalDraft) -> None:
        super().__init__("New entry", keys=KEYS)
        self._person, self._half_written, self._half_tied = person, half_written, half_tied
        self._tied = kept_in(half_tied)
        self._text = half_written.text()
        self._reading: Timer | None = None
        self._saved = self._is_saving = False

    def body(self) -> Iterable[Widget]:
        """The text and how it is read."""
        yield QuietTextArea(self._text, id="narrative")
        yield Facts(tied_facts(self._tied), names=13, id="tied")
        yield ReadingPanel()

    def on_mount(self) -> None:
        """Go on where the writer stopped."""
        area = self.query_one(QuietTextArea)
        area.move_cursor(area.document.end)
        area.focus()
        if self._text:
            self.complain(f"This was left half-written; go on, or {fixed('ctrl+r')} starts afresh.")
        self._read()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A key: the text is kept and read again within a moment."""
        self._text = event.text_area.text
        if self._reading is None:
            self._reading = self.set_timer(PAUSE_S, self._read)

    def on_unmount(self) -> None:
        """Whatever closes the sheet, the text is kept unless it was saved."""
        if not self._saved:
            self._half_written.keep(self._text)

    def action_afresh(self) -> None:
        """ctrl+r: away with it."""
        self.query_one(QuietTextArea).text = ""
        self._tie(())
        self.complain("")

    def action_tie(self) -> None:
        """ctrl+t: tie it to what shows it."""
        self.run_worker(self._choose_evidence(), group="evidence", exclusive=True)

    async def _choose_evidence(self) -> None:
        try:
            sources = await asyncio.to_thread(recent_sources)
        except EightBellsError as error:
            self.complain(str(error))
            return
        tied = await self.app.push_screen_wait(EvidenceSheet(sources, self._tied))
        if tied is not None:
            self._tie(tied)

    def _tie(self, tied: tuple[Source, ...]) -> None:
        self._tied = tied
        if not keep_in(self._half_tied, tied):
            self.complain(NOT_KEPT)
        self.query_one("#tied", Facts).show(tied_facts(tied))
        self._read()

    def action_save(self) -> None:
        """ctrl+s: keep it as an entry, once, however often it is pressed."""
        if not self._is_saving:
            self._is_saving = True
            self.run_worker(self._save(), group="save")

    def action_leave(self) -> None:
        """Esc: leave it for later, unless it is being saved."""
        if not self._is_saving:
            super().action_leave()

    def _read(self) -> None:
        self._reading = None
        self.run_worker(self._classify(self._text), group="read", exclusive=True)

    async def _classify(self, text: str) -> None:
        if not await asyncio.to_thread(self._half_written.keep, text):
            self.complain(NOT_KEPT)
        try:
            evidence = bool(self._tied)
            reading = (
                await asyncio.to_thread(read_narrative, text, evidence=evidence)
                if text.strip()
                else None
            )
        except EightBellsError as error:
            self.complain(str(error))
            return
        for panel in self.query(ReadingPanel):  # none, when the sheet was closed meanwhile
            panel.show_reading(reading)

    async def _save(self) -> None:
        soon = self.set_timer(
            SAID_AFTER_S, partial(self.complain, "One moment: it is being saved.")
        )
        try:
            entry = await asyncio.to_thread(
                capture, self._person.actor, self._text,
                event_ids=[source.id for source in self._tied if source.is_event],
                document_ids=[source.id for source in self._tied if not source.is_event],
            )  # fmt: skip
        except EightBellsError as error:
            soon.stop()
            self.complain(str(error))
            self._is_saving = False
            return
        soon.stop()
        self._saved = True
        self._half_written.finish()
        self._half_tied.finish()
        self.dismiss(entry.id)
