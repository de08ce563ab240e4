"""What both signature sheets share: what is missing, what is meant, the tick and the PIN."""

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.keys_aboard import fixed
from console.screens.handover.sheet import Sheet, labelled, quote
from console.widgets.fields import QuietInput
from console.widgets.handover.marks import DIM, TITLE, WARN
from console.widgets.handover.tick import Tick
from storage.handovers.snapshot import BANNER, MEANINGS, Position
from storage.people.views import CrewMember
from storage.taxonomy.roles import ROLE_LABELS
from storage.text import visible


def missing_words(missing: Sequence[str], how: str) -> Content:
    """Exactly what is still missing, one line each, and how to go about it."""
    lines = [Content.assemble(("○ ", WARN), visible(sentence)) for sentence in missing]
    head = Content.styled("Not yet. Still missing:", TITLE)
    return Content("\n").join([head, *lines, Content(""), Content.styled(how, DIM)])


def signature_fields(person: CrewMember, position: Position) -> Iterable[Widget]:
    """The banner, the meaning of the signature, who signs, the tick and the PIN."""
    who = f"{visible(person.name)}, {ROLE_LABELS[person.role]}"
    yield quote(Content.styled(BANNER, WARN), id="banner")
    yield quote(Content.assemble((f"{who} signs:\n", DIM), (f"“{MEANINGS[position]}”", TITLE)))
    yield Tick("I have read it and I confirm it.")
    yield labelled(
        f"PIN of {visible(person.name)}",
        QuietInput(
            id="pin", password=True, restrict=r"\d*", placeholder=f"PIN, then {fixed('enter')}"
        ),
    )


class SignatureSheet(Sheet[bool]):
    """A sheet that ends with the tick and the PIN of one person."""

    WAITING = "The PIN opens the key, and the key signs: two or three seconds …"

    def on_tick_ticked(self, event: Tick.Ticked) -> None:
        """Ticked: the PIN is next."""
        if event.is_ticked:
            pin_field(self).focus()

    def on_tick_pin_begun(self, event: Tick.PinBegun) -> None:
        """A PIN typed before the tick is a PIN all the same."""
        field = pin_field(self)
        field.focus()
        field.insert_text_at_cursor(event.digit)

    def signs(self) -> bool:
        """Whether there is a PIN to sign with; nothing typed is not a wrong PIN."""
        if not pin_field(self).value:
            self.complain(f"Type your PIN, then {fixed('enter')}.")
            return False
        return True

    def refused(self) -> None:
        """A PIN is never left standing."""
        pin_field(self).value = ""


def pin_field(sheet: Widget) -> Input:
    """The line the PIN is typed in."""
    return sheet.query_one("#pin", Input)
