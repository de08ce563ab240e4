"""Accepting: the outgoing officer's signature, on one sheet that fills the screen (I11)."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.screens.handover_sheet import quote
from console.screens.handover_signing import (
    SignatureSheet,
    missing_words,
    pin_field,
    signature_fields,
)
from console.widgets.handover_marks import DIM, TITLE, plural
from console.widgets.handover_tick import Tick
from storage.drafts.views import DraftView
from storage.handovers.composing import critical_items
from storage.handovers.snapshot import Position
from storage.people.views import CrewMember

KEYS = "Space tick   Tab next   PIN and Enter sign   Esc back"
HOW = "Esc, then . does the next step, one after the other."


class AcceptSheet(SignatureSheet):
    """Lists what is missing; with nothing missing it takes the tick and the PIN.

    `verb` takes the PIN and whether the box is ticked.
    """

    def __init__(
        self,
        draft: DraftView,
        person: CrewMember,
        missing: Sequence[str],
        verb: Callable[[str, bool], Any],
        *,
        home: Path,
    ) -> None:
        keys = "Esc back" if missing else KEYS
        super().__init__("Accept the handover", keys=keys, home=home, draft_name="accept")
        self.add_class("-whole")
        self._draft, self._person, self._missing, self._verb = draft, person, missing, verb

    def body(self) -> Iterable[Widget]:
        """What is missing, or what is signed."""
        if self._missing:
            yield quote(missing_words(self._missing, HOW), id="missing")
            return
        yield quote(summary(self._draft))
        yield from signature_fields(self._person, Position.OUTGOING)

    def begin(self) -> None:
        """Start at the tick."""
        if not self._missing:
            self.query_one(Tick).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: sign."""
        self.action_submit()

    def action_submit(self) -> None:
        """Sign with what stands here."""
        if not self._missing and self.signs():
            pin, is_ticked = pin_field(self).value, self.query_one(Tick).is_ticked
            self.carry_out(lambda: self._verb(pin, is_ticked))


def summary(draft: DraftView) -> Content:
    """What the signature stands under, in figures."""
    items = draft.items().values()
    figures = [
        plural(len(items), "item"),
        plural(len(draft.sections), "section"),
        plural(sum(bool(item.edits) for item in items), "changed item"),
        f"{len(critical_items(draft))} to be read back by the relief",
    ]
    return Content.assemble(
        ("Nothing is missing. ", TITLE), " · ".join(figures),
        ("\nAfter this the content is frozen until your relief signs or declines.", DIM),
    )  # fmt: skip
