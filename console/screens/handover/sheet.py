"""The base of the Handover sheets: the verb runs while the sheet is open, so a refusal loses
nothing; what is half written survives a refusal, Esc and a crash (CONSOLE rule 15)."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from console.local_drafts import KEEP_AFTER_S, NOT_KEPT, RESTORED, LocalDraft
from console.screens.dialog import Answer, Dialog
from storage.errors import EightBellsError

SAID_AFTER_S = 0.2
"""A verb that has ended by then needs no word."""


class Sheet(Dialog[Answer]):
    """A question that carries out its own answer.

    Fields with an id, PINs excepted, are kept under `draft_name` while they are written in.
    `WAITING` is said while a verb takes its time; until it has ended the sheet cannot be left.
    """

    WAITING: ClassVar[str] = "One moment …"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "submit", "save", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "page down", show=False, priority=True),
        Binding("pageup", "scroll(-1)", "page up", show=False, priority=True),
    ]

    def __init__(
        self, title: str, sentence: str = "", *, keys: str, home: Path, draft_name: str
    ) -> None:
        super().__init__(title, sentence, keys=keys)
        self._kept = LocalDraft(home, draft_name)
        self._pause: Timer | None = None
        self._is_busy = self._is_done = self._is_left = False
        self._given: dict[str, str] = {}
        self._latest: dict[str, str] = {}

    def on_mount(self) -> None:
        """Put back what was half written, then begin."""
        self._given = self._latest = self.words()
        kept = _read(self._kept.text())
        if kept:
            self.take_up(kept)
            self.complain(RESTORED)
        self.begin()

    def begin(self) -> None:
        """What a sheet does once it stands; handlers of `mount` run in every class, this in one."""

    def on_unmount(self) -> None:
        """Whatever closes the sheet, the words are kept unless they were used."""
        self.keep()

    def words(self) -> dict[str, str]:
        """What would be lost: the text of each field, by its name."""
        return {field.id or "": _text(field) for field in self._fields()}

    def take_up(self, kept: dict[str, str]) -> None:
        """Go on with words that were kept."""
        for field in self._fields():
            if field.id in kept:
                _fill(field, kept[field.id])

    def keep(self) -> None:
        """Write down what differs from what was there at the start."""
        if not self._is_done:
            is_new = self._latest != self._given
            if not self._kept.keep(json.dumps(self._latest) if is_new else "") and self.is_mounted:
                self.complain(NOT_KEPT)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key: keep the words once the writer pauses."""
        self._keep_soon()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A key: keep the words once the writer pauses."""
        self._keep_soon()

    def action_submit(self) -> None:
        """ctrl+s: carry it out; each sheet says how."""

    def action_leave(self) -> None:
        """Esc: no answer; what has been sent off is waited for."""
        if not self._is_busy:
            self._is_left = True
            super().action_leave()

    def action_scroll(self, by: int) -> None:
        """PgUp, PgDn: the rest of a long sheet."""
        body = self.query_one(".sheet--body", VerticalScroll)
        body.scroll_relative(y=by * max(body.size.height - 2, 1), animate=False)

    def carry_out(self, verb: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        """Run a verb in a thread. Refused: its sentence is shown and the sheet stays as it is.

        `done` is called with the result; without it the sheet closes with True.
        """
        if not self._is_busy and not self._is_left:  # Esc may overtake the Enter before it
            self._is_busy = True
            self.run_worker(self._carry_out(verb, done or self._close), group="verb")

    def refused(self) -> None:
        """The verb was refused; a PIN is typed again."""

    async def _carry_out(self, verb: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.complain("")
        soon = self.set_timer(SAID_AFTER_S, partial(self.complain, self.WAITING))
        try:
            result = await asyncio.to_thread(verb)
        except EightBellsError as error:
            soon.stop()
            self.complain(str(error))
            self.refused()
        else:
            soon.stop()
            self.complain("")
            done(result)
        finally:
            self._is_busy = False

    def _close(self, _result: Any) -> None:
        self._is_done = True
        self._kept.finish()
        self.dismiss(True)  # type: ignore[arg-type]

    def _fields(self) -> list[Input | TextArea]:
        written: list[Input | TextArea] = [*self.query(Input), *self.query(TextArea)]
        return [field for field in written if field.id and not _is_secret(field)]

    def _keep_soon(self) -> None:
        self._latest = self.words()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(KEEP_AFTER_S, self.keep)


def labelled(label: str, field: Widget) -> Widget:
    """A field under its label."""
    return Vertical(Static(Content.styled(label, "$muted"), markup=False), field, classes="field")


def quote(text: Content, *, id: str | None = None) -> Static:
    """Words that are looked at, not written."""
    return Static(text, classes="quote", markup=False, id=id)


def _is_secret(field: Input | TextArea) -> bool:
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
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
