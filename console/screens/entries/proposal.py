"""A proposal as it would be saved: how its words are read is seen before (DOMAIN §4)."""

import asyncio
from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import TextArea

from console.local_drafts import LocalDraft
from console.screens.writing import AskText
from console.widgets.reading import ReadingPanel
from storage.entries.reading import read_narrative
from storage.errors import EightBellsError


class ProposalSheet(AskText):
    """The words, to be changed, and below them how they are read as they stand."""

    def __init__(self, text: str, *, evidence: bool, kept: LocalDraft) -> None:
        title, sentence = "Accept in your words", "The event stays as its source."
        super().__init__(title, sentence, text=text, kept=kept)
        self._evidence = evidence

    def body(self) -> Iterable[Widget]:
        """The words and how they are read."""
        yield from super().body()
        yield ReadingPanel()

    def on_mount(self) -> None:
        """How the proposal is read as it is."""
        self._read_again(self.query_one(TextArea).text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A key: read the words again; only the newest reading is shown."""
        self._read_again(event.text_area.text)

    def _read_again(self, text: str) -> None:
        self.run_worker(self._read(text), group="read", exclusive=True)

    async def _read(self, text: str) -> None:
        try:
            reading = await asyncio.to_thread(read_narrative, text, evidence=self._evidence)
        except EightBellsError as error:
            self.complain(str(error))
            return
        for panel in self.query(ReadingPanel):  # none, when the sheet was closed meanwhile
            panel.show_reading(reading)
