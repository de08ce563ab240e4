"""Saying who you are: a name from the crew list and the PIN that opens that person's key."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from console.keys_aboard import fixed, legend
from console.screens.dialog import ESC_BACK, Dialog
from console.widgets.fields import QuietInput
from storage.errors import EightBellsError
from storage.people.actions import sign_in
from storage.people.views import CrewMember, crew_member
from storage.taxonomy.roles import ROLE_LABELS
from storage.text import visible

NAME_AND_PIN = f"{legend(('up,down', 'name'))}   digits and {fixed('enter')}: PIN"


class SignIn(Dialog[CrewMember]):
    """Who are you? The answer is the person, after their PIN opened their key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
    ]

    def __init__(self, crew: Sequence[CrewMember], sentence: str, last: str = "") -> None:
        super().__init__("Sign in", sentence, keys=f"{NAME_AND_PIN}   {ESC_BACK}")
        self._crew = [member for member in crew if member.is_active]
        self._last = last

    def body(self) -> Iterable[Widget]:
        """The crew and a place for the PIN; the keys reach both at once."""
        options = (Option(_line(member), id=member.id) for member in self._crew)
        crew = OptionList(*options)
        crew.can_focus = False
        yield crew
        yield QuietInput(password=True, restrict=r"\d*", placeholder="PIN")

    def on_mount(self) -> None:
        """Start on who was here last, else on the first of the crew."""
        here = (at for at, member in enumerate(self._crew) if member.id == self._last)
        self.query_one(OptionList).highlighted = next(here, 0) if self._crew else None
        self.query_one(QuietInput).focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Whose PIN it is stands where it is typed: a try is counted against that person."""
        member = self._crew[event.option_index]
        self.query_one(QuietInput).placeholder = f"PIN of {visible(member.name)}"

    def action_step(self, by: int) -> None:
        """↑↓: another name; what was typed of a PIN belongs to nobody now."""
        crew = self.query_one(OptionList)
        if self._crew:
            crew.highlighted = ((crew.highlighted or 0) + by) % len(self._crew)
            self.query_one(QuietInput).value = ""
            self.complain("")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: try the PIN."""
        chosen = self.query_one(OptionList).highlighted
        if chosen is None or not event.value:
            self.complain("Choose your name and type your PIN.")
            return
        self.run_worker(self._try(self._crew[chosen], event.value), exclusive=True)

    async def _try(self, member: CrewMember, pin: str) -> None:
        field = self.query_one(QuietInput)
        field.value, field.disabled = "", True
        self.complain(f"Opening the key of {member.name} …")
        try:
            actor = await asyncio.to_thread(sign_in, member.id, pin)
            self.dismiss(await asyncio.to_thread(crew_member, actor.id))
        except EightBellsError as error:
            self.complain(str(error))
            field.disabled = False
            field.focus()


class Locked(SignIn):
    """The lock: everything is covered until someone signs in. Esc does not lift it."""

    def compose(self) -> ComposeResult:
        """The same sheet on an opaque screen."""
        self.keys = f"{NAME_AND_PIN}   {legend(('ctrl+q', 'quit'))}"
        yield from super().compose()

    def action_leave(self) -> None:
        """Esc: stays locked."""
        self.complain("The console is locked; a PIN opens it.")


def _line(member: CrewMember) -> Content:
    marks = {
        "locked out": member.is_locked_out,
        "no PIN yet": not member.has_key,
        "new PIN proposed": member.reset_proposed_by is not None,
    }
    said = [ROLE_LABELS[member.role], *(mark for mark, holds in marks.items() if holds)]
    return Content.assemble(visible(member.name), (f"  {'  '.join(said)}", "$muted"))
