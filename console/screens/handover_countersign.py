"""Countersigning: the relief reads back each critical item, then signs (I12)."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.screens.handover_pages import PagedSheet
from console.screens.handover_sheet import labelled
from console.screens.handover_signing import (
    SignatureSheet,
    missing_words,
    pin_field,
    signature_fields,
)
from console.widgets.fields import QuietInput
from console.widgets.handover_evidence_lines import item_block
from console.widgets.handover_marks import DIM, GOOD, TITLE, WARN
from console.widgets.handover_tick import Tick
from storage.drafts.views import DraftView, ItemView
from storage.handovers.composing import critical_items
from storage.handovers.snapshot import Position
from storage.handovers.views import Signatory
from storage.people.views import CrewMember
from storage.text import visible

SIGN = "sign"
"""The last page."""
KEYS = "Enter next   Tab, shift+Tab other items   Space tick   Esc leave it for later"


class CountersignSheet(SignatureSheet, PagedSheet):
    """One page for each item to be read back, and one for the signature.

    `verb` takes the read-backs by item id, the PIN and whether the box is ticked.
    """

    def __init__(
        self,
        draft: DraftView,
        person: CrewMember,
        outgoing: Signatory | None,
        verb: Callable[[dict[str, str], str, bool], Any],
        *,
        home: Path,
    ) -> None:
        name = f"read-backs-{draft.id}-{person.id}"
        super().__init__("Countersign the handover", keys=KEYS, home=home, draft_name=name)
        self._draft, self._person, self._outgoing, self._verb = draft, person, outgoing, verb
        self._critical = critical_items(draft)
        self._spoken: dict[str, str] = {}

    def body(self) -> Iterable[Widget]:
        """The page, a line for the read-back, and the fields of the signature."""
        yield from super().body()
        yield Vertical(
            labelled("Read back, in your own words", QuietInput(id="spoken")), id="reading"
        )
        yield Vertical(*signature_fields(self._person, Position.INCOMING), id="signing")

    def page_ids(self) -> Sequence[str]:
        """Every critical item, then the signature."""
        return [*self._critical, SIGN]

    def first_page(self) -> str:
        """The first item not read back yet."""
        return next((page for page in self.page_ids() if not self._spoken.get(page)), SIGN)

    def heading_of(self, page: str) -> Content:
        """`2 of 7 · Read back item 2.1`."""
        what = "Sign" if page == SIGN else f"Read back item {self._critical[page]}"
        done = f" · {len(self._said())}/{len(self._critical)} read back"
        return Content.assemble((f"{self.place_words(page)} · ", DIM), (what, TITLE), (done, DIM))

    def statements_of(self, page: str) -> list[Content]:
        """The item, or what has been read back."""
        return [self._said_lines()] if page == SIGN else [item_block(self._item(page))]

    def footing_of(self, page: str) -> Content:
        """Who handed over."""
        if page != SIGN or self._outgoing is None:
            return Content("")
        return Content.styled(f"Handed over by {visible(self._outgoing.name)}.", DIM)

    def turn_to(self, page: str) -> None:
        """Show a page; what was said on the one before is kept."""
        self._spoken |= self._spoken_here()
        field = self.query_one("#spoken", Input)
        field.value = self._spoken.get(page, "")
        super().turn_to(page)
        self.query_one("#reading").display = page != SIGN
        self.query_one("#signing").display = page == SIGN
        if page == SIGN:
            self.query_one(Tick).focus()
            self.call_later(pin_field(self).scroll_visible, animate=False)
        else:
            field.focus()

    def action_turn(self, by: int) -> None:
        """Tab: on the page of the signature between tick and PIN; only shift+Tab leaves it."""
        if self.page != SIGN or by < 0:
            super().action_turn(by)
        elif self.query_one(Tick).has_focus:
            pin_field(self).focus()
        else:
            self.query_one(Tick).focus()

    def words(self) -> dict[str, str]:
        """The read-backs by item."""
        return self._said()

    def take_up(self, kept: dict[str, str]) -> None:
        """Go on with read-backs that were kept."""
        self._spoken = {item: kept[item] for item in self._critical if item in kept}

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: the next item, or the signature."""
        if self.page == SIGN:
            self.action_submit()
        elif event.value.strip():
            super().action_turn(1)
        else:
            self.complain("A few words of your own show that it has arrived.")

    def action_submit(self) -> None:
        """Sign with what stands here."""
        if not self.signs():
            return
        pin, is_ticked = pin_field(self).value, self.query_one(Tick).is_ticked
        spoken = self._said()
        self.carry_out(lambda: self._verb(spoken, pin, is_ticked))

    def _said(self) -> dict[str, str]:
        spoken = self._spoken | self._spoken_here()
        return {item: text for item, text in spoken.items() if text.strip()}

    def _spoken_here(self) -> dict[str, str]:
        if not self.page or self.page == SIGN:
            return {}
        return {self.page: self.query_one("#spoken", Input).value}

    def _said_lines(self) -> Content:
        said = self._said()
        lines = [
            Content.assemble((f"✓ {number}  ", GOOD), visible(said[item]))
            if item in said
            else Content.styled(f"○ {number}  not read back", WARN)
            for item, number in self._critical.items()
        ]
        none = Content.styled("No item of this handover has to be read back.", DIM)
        return Content("\n").join(lines or [none])

    def _item(self, page: str) -> ItemView:
        return self._draft.items()[page]


def unread_words(missing: Sequence[str]) -> Content:
    """What the relief has still to read before the sheet opens."""
    return missing_words(missing, "Esc, then . goes to the first of them; read each to its end.")
