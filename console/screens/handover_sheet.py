"""The base of the Handover sheets: the verb runs while the sheet is open, so a refusal loses
nothing; what is half written survives a refusal, Esc and a crash (CONSOLE rule 15)."""

import asyncio
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from console.local_drafts import LocalDraft
from console.screens.dialog import Answer, Dialog
from console.widgets.fields import QuietInput
from storage.errors import EightBellsError

KEEP_AFTER_S = 0.3
RESTORED = "What you had written is here again."


class Sheet(Dialog[Answer]):
    """A question that carries out its own answer.

    Fields with an id are kept under `draft_name` while they are written in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "submit", "save", show=False),
        Binding("pagedown", "scroll(1)", "page down", show=False, priority=True),
        Binding("pageup", "scroll(-1)", "page up", show=False, priority=True),
    ]

    def __init__(
        self, title: str, sentence: str = "", *, keys: str, home: Path, draft_name: str
    ) -> None:
        super().__init__(title, sentence, keys=keys)
        self._kept = LocalDraft(home, draft_name)
        self._is_busy = False

    def on_mount(self) -> None:
        """Put back what was half written."""
        kept = _read(self._kept.text())
        for field in self.fields():
            text = kept.get(field.id or "")
            if text:
                _fill(field, text)
                self.complain(RESTORED)

    def fields(self) -> list[Input | TextArea]:
        """The fields whose words are kept."""
        written = [*self.query(Input), *self.query(TextArea)]
        return [field for field in written if field.id and not is_secret(field)]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is written, a moment after it was."""
        self._keep_soon()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what is written, a moment after it was."""
        self._keep_soon()

    def keep(self) -> None:
        """Write down now what the fields hold."""
        words = {field.id: _text(field) for field in self.fields()}
        self._kept.keep(json.dumps(words) if any(map(str.strip, words.values())) else "")

    def action_leave(self) -> None:
        """Esc: back; what was written is offered again next time."""
        self.keep()
        super().action_leave()

    def action_submit(self) -> None:
        """ctrl+s: carry it out; each sheet says how."""

    def action_scroll(self, by: int) -> None:
        """PgUp, PgDn: the rest of a long sheet."""
        body = self.query_one(".sheet--body", VerticalScroll)
        body.scroll_relative(y=by * max(body.size.height - 2, 1), animate=False)

    def carry_out(
        self, verb: Callable[[], Any], done: Callable[[Any], None] | None = None
    ) -> None:
        """Run a verb in a thread. Refused: its sentence is shown and the sheet stays as it is.

        `done` is called with the result; without it the sheet closes with True.
        """
        if not self._is_busy:
            self._is_busy = True
            self.run_worker(self._carry_out(verb, done), group="verb")

    async def _carry_out(
        self, verb: Callable[[], Any], done: Callable[[Any], None] | None
    ) -> None:
        self.complain("")
        try:
            result = await asyncio.to_thread(verb)
        except EightBellsError as error:
            self.complain(str(error))
            return
        finally:
            self._is_busy = False
        self._kept.discard()
        (done or self._close)(result)

    def _close(self, _result: Any) -> None:
        self.dismiss(True)  # type: ignore[arg-type]

    def _keep_soon(self) -> None:
        self.set_timer(KEEP_AFTER_S, self.keep)


class ReasonSheet(Sheet[bool]):
    """One line of reason for one verb; it stays on record."""

    def __init__(
        self,
        title: str,
        sentence: str,
        verb: Callable[[str], Any],
        *,
        home: Path,
        draft_name: str,
        text: Content | None = None,
    ) -> None:
        keys = "Enter done   Esc back"
        super().__init__(title, sentence, keys=keys, home=home, draft_name=draft_name)
        self._verb, self._text = verb, text

    def body(self) -> Iterable[Widget]:
        """What it is about, and a line to write in."""
        if self._text is not None:
            yield Static(self._text, classes="sheet--quote", markup=False)
        yield QuietInput(id="reason", placeholder="because …")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: carry it out."""
        self.carry_out(lambda: self._verb(event.value))

    def action_submit(self) -> None:
        """ctrl+s: the same."""
        reason = self.query_one("#reason", Input).value
        self.carry_out(lambda: self._verb(reason))


def labelled(label: str, field: Widget) -> Widget:
    """A field under its label."""
    return Vertical(Static(Content.styled(label, "$muted"), markup=False), field, classes="field")


def is_secret(field: Input | TextArea) -> bool:
    """Whether it holds a PIN, which is kept nowhere."""
    return isinstance(field, Input) and field.password


def _text(field: Input | TextArea) -> str:
    return field.value if isinstance(field, Input) else field.text


def _fill(field: Input | TextArea, text: str) -> None:
    if isinstance(field, Input):
        field.value = text
    else:
        field.load_text(text)


def _read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
