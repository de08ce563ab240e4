"""Accepting: the outgoing officer's signature, on one sheet that fills the screen (I11)."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.keys_aboard import key, legend
from console.screens.handover.sheet import quote
from console.screens.handover.signing import SignatureSheet, pin_field, signature_fields
from console.widgets.handover.marks import DIM, TITLE, WARN, plural
from console.widgets.handover.tick import Tick
from storage.drafts.content import SlotState
from storage.drafts.views import DraftView
from storage.handovers.composing import critical_items
from storage.handovers.snapshot import Position
from storage.people.views import CrewMember

NAMED = 2
"""So many points that are not covered are named; the sheet has to fit 24 lines."""
KEYS = legend(("space", "tick"), ("tab", "PIN"), ("enter", "sign"), ("escape", "back"))


class AcceptSheet(SignatureSheet):
    """Opened when nothing is missing; it takes the tick and the PIN.

    `verb` takes the PIN and whether the box is ticked.
    """

    def __init__(
        self,
        draft: DraftView,
        person: CrewMember,
        verb: Callable[[str, bool], Any],
        *,
        home: Path,
    ) -> None:
        super().__init__("Accept the handover", keys=KEYS, home=home, draft_name="accept")
        self.add_class("-whole")
        self._draft, self._person, self._verb = draft, person, verb

    def body(self) -> Iterable[Widget]:
        """What is signed, and with what meaning."""
        yield quote(summary(self._draft))
        yield from signature_fields(self._person, Position.OUTGOING)

    def begin(self) -> None:
        """Start at the tick."""
        self.query_one(Tick).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: sign."""
        self.action_submit()

    def action_submit(self) -> None:
        """Sign with what stands here."""
        if self.signs():
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
        ("Nothing is missing. ", TITLE), " · ".join(figures), *_not_covered(draft),
        ("\nAfter this the content is frozen until your relief signs or declines.", DIM),
    )  # fmt: skip


def _not_covered(draft: DraftView) -> Iterable[tuple[str, str]]:
    """What a handover of this kind should say and this one does not; it is printed so."""
    silent = [slot.label for slot in draft.completeness if slot.state is SlotState.NOT_COVERED]
    if silent:
        of = f"{len(silent)} of {plural(len(draft.completeness), 'point')}"
        more = (
            f" and {len(silent) - NAMED} more ({key('completeness')} names them)"
            if len(silent) > NAMED
            else ""
        )
        yield f"\nNot covered, and printed so ({of}): {'; '.join(silent[:NAMED])}{more}.", WARN
