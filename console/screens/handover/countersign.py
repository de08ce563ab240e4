"""Countersigning: the relief reads back each critical item, then signs (I12)."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from console.keys_aboard import fixed, legend
from console.screens.handover.pages import PagedSheet
from console.screens.handover.sheet import labelled
from console.screens.handover.signing import SignatureSheet, pin_field, signature_fields
from console.widgets.fields import QuietInput
from console.widgets.handover.evidence_lines import item_block
from console.widgets.handover.marks import DIM, GOOD, TITLE, WARN
from console.widgets.handover.tick import Tick
from storage.drafts.views import DraftView, ItemView
from storage.handovers.composing import critical_items
from storage.handovers.read_backs import why_not_read_back
from storage.handovers.snapshot import Position
from storage.handovers.views import Signatory
from storage.people.views import CrewMember
from storage.text import visible

SIGN = "sign"
"""The last page."""
KEYS = legend(
    ("enter", "read back"), ("tab,shift+tab", "other items"), ("escape", "leave it for later")
)
KEYS_SIGN = legend(
    ("space", "tick"), ("tab", "PIN"), ("enter", "sign"), ("shift+tab", "items"),
    ("escape", "leave it for later"),
)  # fmt: skip
RULE = f"In your own words: name what it is about and how it is. {fixed('enter')} confirms it."
UNSAID = "not read back"
HALF = "half:"
"""Before the id of an item whose words are kept and were not confirmed."""


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
        self._half: dict[str, str] = {}

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
        return next((page for page in self.page_ids() if page not in self._spoken), SIGN)

    def heading_of(self, page: str) -> Content:
        """`2 of 7 · Read back item 2.1`."""
        what = "Sign" if page == SIGN else f"Read back item {self._critical[page]}"
        done = f" · {len(self._spoken)}/{len(self._critical)} read back"
        return Content.assemble((f"{self.place_words(page)} · ", DIM), (what, TITLE), (done, DIM))

    def statements_of(self, page: str) -> list[Content]:
        """The item, or what has been read back."""
        return [self._said_lines()] if page == SIGN else [item_block(self._item(page))]

    def footing_of(self, page: str) -> Content:
        """What counts as read back; with the signature, who handed over."""
        if page != SIGN:
            return Content.styled(RULE, DIM)
        if self._outgoing is None:
            return Content("")
        return Content.styled(f"Handed over by {visible(self._outgoing.name)}.", DIM)

    def turn_to(self, page: str) -> None:
        """Show a page; what is half written on the one before is kept, and does not count."""
        self._leave_page()
        field = self.query_one("#spoken", Input)
        field.value = self._half.get(page) or self._spoken.get(page, "")
        field.cursor_position = len(field.value)
        self.complain("")
        super().turn_to(page)
        self.query_one(".sheet--keys", Static).update(KEYS_SIGN if page == SIGN else KEYS)
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
        """The read-backs by item, and those half written."""
        half = self._half | self._half_here()
        return self._spoken | {HALF + item: text for item, text in half.items()}

    def take_up(self, kept: dict[str, str]) -> None:
        """Go on with read-backs that were kept."""
        self._spoken = {item: kept[item] for item in self._critical if item in kept}
        half = {item: kept.get(HALF + item, "") for item in self._critical}
        self._half = {item: text for item, text in half.items() if text}

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: these words count, and the next item or the signature follows."""
        if self.page == SIGN:
            self.action_submit()
            return
        why = why_not_read_back(event.value, self._item(self.page).text)
        if why:
            self.complain(f"Item {self._critical[self.page]} is {why}.")
            return
        self._spoken[self.page] = event.value.strip()
        self._half.pop(self.page, None)
        super().action_turn(1)

    def action_submit(self) -> None:
        """Sign with what stands here."""
        if not self.signs():
            return
        pin, is_ticked = pin_field(self).value, self.query_one(Tick).is_ticked
        spoken = dict(self._spoken)
        self.carry_out(lambda: self._verb(spoken, pin, is_ticked))

    def _leave_page(self) -> None:
        """Words changed after they counted count no more; an emptied line is as it was."""
        for item, text in self._half_here().items():
            self._half[item] = text
            self._spoken.pop(item, None)

    def _half_here(self) -> dict[str, str]:
        """What stands in the line and was not confirmed with Enter."""
        if not self.page or self.page == SIGN:
            return {}
        text = self.query_one("#spoken", Input).value
        if not text.strip() or text.strip() == self._spoken.get(self.page):
            return {}
        return {self.page: text}

    def _said_lines(self) -> Content:
        lines = [self._said_line(item, number) for item, number in self._critical.items()]
        none = Content.styled("No item of this handover has to be read back.", DIM)
        return Content("\n").join(lines or [none])

    def _said_line(self, item: str, number: str) -> Content:
        if item in self._spoken:
            return Content.assemble((f"✓ {number}  ", GOOD), visible(self._spoken[item]))
        why = (
            f"half written: {fixed('enter')} on its page confirms it"
            if item in self._half
            else UNSAID
        )
        return Content.styled(f"○ {number}  {why}", WARN)

    def _item(self, page: str) -> ItemView:
        return self._draft.items()[page]
