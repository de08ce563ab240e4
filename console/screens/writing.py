"""Questions answered in a person's own words: a reason, a longer text."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from console.keys_aboard import legend
from console.local_drafts import KEEP_AFTER_S, NOT_KEPT, RESTORED, LocalDraft
from console.screens.dialog import Dialog
from console.widgets.fields import QuietInput, QuietTextArea


class Writing(Dialog[str]):
    """A field to write in; what is half written stays in `kept`, if one is given (CONSOLE rule 15).

    An answer stays there too, until the screen that asked has done what it was for.
    """

    def __init__(
        self, title: str, sentence: str, *, keys: str, text: str, kept: LocalDraft | None
    ) -> None:
        super().__init__(title, sentence, keys=keys)
        self._given, self._kept = text, kept
        self._written = (kept.text() if kept else "") or text
        self._pause: Timer | None = None

    def on_mount(self) -> None:
        """Say where the words come from."""
        if self._written != self._given:
            self.complain(RESTORED)

    def on_unmount(self) -> None:
        """Whatever closes the sheet, the words are kept."""
        self._keep()

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key: keep the words once the writer pauses."""
        self._keep_soon(event.value)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A key: keep the words once the writer pauses."""
        self._keep_soon(event.text_area.text)

    def _keep_soon(self, text: str) -> None:
        self._written = text
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(KEEP_AFTER_S, self._keep)

    def _keep(self) -> None:
        new = self._written if self._written != self._given else ""
        if self._kept is not None and not self._kept.keep(new) and self.is_mounted:
            self.complain(NOT_KEPT)


class AskReason(Writing):
    """A reason in the person's own words; it stays on record."""

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        text: str = "",
        placeholder: str = "because …",
        needed: str = "A few words are needed; they stay on record.",
        kept: LocalDraft | None = None,
    ) -> None:
        keys = legend(("enter", "done"), ("escape", "back"))
        super().__init__(title, sentence, keys=keys, text=text, kept=kept)
        self._placeholder, self._needed = placeholder, needed

    def body(self) -> Iterable[Widget]:
        """One line to write in."""
        yield QuietInput(self._written, placeholder=self._placeholder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: done, unless nothing was written."""
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self.complain(self._needed)


class AskText(Writing):
    """A longer text, changed in place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "done", "done", show=False, priority=True)
    ]

    def __init__(
        self, title: str, sentence: str, *, text: str, kept: LocalDraft | None = None
    ) -> None:
        keys = legend(("ctrl+s", "done"), ("escape", "back"))
        super().__init__(title, sentence, keys=keys, text=text, kept=kept)

    def body(self) -> Iterable[Widget]:
        """Several lines to write in."""
        yield QuietTextArea(self._written)

    def on_mount(self) -> None:
        """Go on at the end."""
        area = self.query_one(QuietTextArea)
        area.move_cursor(area.document.end)

    def action_done(self) -> None:
        """ctrl+s: as it stands; what may be kept is the store's decision."""
        self.dismiss(self.query_one(QuietTextArea).text)
