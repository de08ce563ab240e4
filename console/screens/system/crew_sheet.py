"""What a change of the crew needs to be told: names, PINs typed unseen, and what is missing."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets import Input

from console.keys_aboard import legend
from console.screens.dialog import Dialog
from console.screens.handover.sheet import labelled
from console.widgets.fields import QuietInput
from storage.errors import EightBellsError
from storage.people.views import CrewMember

NEW, AGAIN, OWN, NAME = "new", "again", "own", "name"


class Field(NamedTuple):
    """One line to write in; of a PIN only dots are seen."""

    id: str
    label: str
    is_pin: bool = True


def new_pin_of(whose: str) -> tuple[Field, Field]:
    """A PIN to be set, typed twice."""
    return Field(NEW, f"New PIN of {whose}, six digits or more"), Field(AGAIN, "Once more")


class CrewSheet(Dialog[CrewMember]):
    """Takes the fields, then carries out `verb`, which gets what was typed by field."""

    def __init__(
        self,
        title: str,
        sentence: str,
        fields: Sequence[Field],
        verb: Callable[[Mapping[str, str]], CrewMember],
        *,
        does: str,
    ) -> None:
        keys = legend(("tab", "next"), ("enter", does), ("escape", "back"))
        super().__init__(title, sentence, keys=keys)
        self._fields, self._verb = tuple(fields), verb

    def body(self) -> Iterable[Widget]:
        """The fields under their labels."""
        for field in self._fields:
            restrict = r"\d*" if field.is_pin else None
            line = QuietInput(id=field.id, password=field.is_pin, restrict=restrict)
            yield labelled(field.label, line)

    def on_mount(self) -> None:
        """Start in the first."""
        self._line(self._fields[0]).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: to the first that is empty, and when none is, carry it out."""
        missing = [field for field in self._fields if not self._line(field).value.strip()]
        if missing:
            labels = "; ".join(_small(field.label) for field in missing)
            self.complain(f"Still missing: {labels}." if event.value.strip() else "")
            self._line(missing[0]).focus()
            return
        given = {field.id: self._line(field).value for field in self._fields}
        if given.get(NEW) != given.get(AGAIN):
            self._again("The two PINs differ.", NEW, AGAIN)
            return
        self.run_worker(self._carry_out(given), exclusive=True)

    async def _carry_out(self, given: Mapping[str, str]) -> None:
        self.disabled = True
        try:
            self.dismiss(await asyncio.to_thread(self._verb, given))
        except EightBellsError as error:
            self.disabled = False
            self._again(str(error), *(field.id for field in self._fields if field.is_pin))

    def _again(self, why: str, *ids: str) -> None:
        """Say why, and have these typed again: a PIN is never left standing."""
        self.complain(why)
        for field in self._fields:
            if field.id in ids:
                self._line(field).value = ""
        self.query_one(f"#{ids[0]}", Input).focus()

    def _line(self, field: Field) -> Input:
        return self.query_one(f"#{field.id}", Input)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:] if not label.startswith("PIN") else label
