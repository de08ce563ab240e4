"""Conflicts, uncertainties and assigned work, each acknowledged with a note."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.keys_aboard import fixed, key, legend
from console.screens.handover.pages import PagedSheet
from console.screens.handover.sheet import labelled
from console.widgets.fields import QuietInput
from console.widgets.handover.differences import side_by_side
from console.widgets.handover.evidence_lines import Times
from console.widgets.handover.marks import CONCERNS, DIM, GOOD, KEY
from storage.drafts.states import ConcernKind
from storage.drafts.views import ConcernView, DraftView
from storage.entries.views import EntryView
from storage.errors import WrongState
from storage.text import visible

ADVICE = {
    ConcernKind.CONFLICT: "Both stay in the handover. Say in a few words what your relief "
    "should make of it.",
    ConcernKind.UNCERTAINTY: "It stays, marked as uncertain. Say what is known and what is not.",
    ConcernKind.PLANNING: "A handover states, it does not assign. {}, then {} rewords it; "
    "or say why it stays.",
}
"""What to write; of assigned work also the keys that lead to its rewording."""
KEYS = legend(("enter", "acknowledge with this note"), ("tab", "next"), ("escape", "back"))


class ConcernSheet(PagedSheet):
    """Nothing is decided here about what is true; the note says it was seen (I11).

    `acknowledge` takes a concern's id and the note and returns the draft as it is then.
    """

    def __init__(
        self,
        draft: DraftView,
        entries: Mapping[str, EntryView],
        acknowledge: Callable[[str, str], DraftView],
        times: Times,
        *,
        home: Path,
    ) -> None:
        name = f"concerns-{draft.id}"
        super().__init__("Concerns", keys=KEYS, home=home, draft_name=name)
        self._draft, self._entries, self._times = draft, entries, times
        self._acknowledge = acknowledge
        self._notes: dict[str, str] = {}

    def body(self) -> Iterable[Widget]:
        """The page and a line for the note."""
        yield from super().body()
        yield labelled("Your note (it is printed)", QuietInput(id="note"))

    def begin(self) -> None:
        """Begin with the first that is open."""
        super().begin()
        self.query_one("#note").focus()

    def page_ids(self) -> Sequence[str]:
        """Every concern, acknowledged or not."""
        return [concern.id for concern in self._draft.conflicts]

    def first_page(self) -> str:
        """The first that is open, else the first of all."""
        return next(self._open(), self.page_ids()[0])

    def heading_of(self, page: str) -> Content:
        """`1 of 2 · ≠ conflict in 2.3, 2.4` and why."""
        concern = self._concern(page)
        numbers = ", ".join(self._numbers(concern)) or "an item no longer shown"
        return Content.assemble(
            (f"{self.place_words(page)} · ", DIM), CONCERNS[concern.kind].content,
            f" in {numbers}\n", visible(concern.reason),
        )  # fmt: skip

    def statements_of(self, page: str) -> list[Content]:
        """What was said, word for word, by whom and when."""
        concern = self._concern(page)
        entries = [self._entries[entry] for entry in concern.entries if entry in self._entries]
        texts = side_by_side([entry.narrative for entry in entries])
        return [
            Content.assemble(
                (visible(entry.author), KEY), (f"\n{self._times(entry.created_at)}\n", DIM), text
            )
            for entry, text in zip(entries, texts, strict=True)
        ]

    def footing_of(self, page: str) -> Content:
        """What to write, or what was written."""
        concern = self._concern(page)
        if concern.acknowledged:
            told = f"{visible(concern.note or '')} · {visible(concern.acknowledged_by or '')}"
            return Content.styled(f"✓ acknowledged: {told}", GOOD)
        return Content.styled(ADVICE[concern.kind].format(fixed("escape"), key("edit_item")), DIM)

    def turn_to(self, page: str) -> None:
        """Show a page with its own half-written note."""
        self._notes |= self._note_here()
        super().turn_to(page)
        self.query_one("#note", Input).value = self._notes.get(page, "")

    def words(self) -> dict[str, str]:
        """The notes by concern."""
        return {k: v for k, v in (self._notes | self._note_here()).items() if v.strip()}

    def take_up(self, kept: dict[str, str]) -> None:
        """Go on with notes that were kept."""
        self._notes = {page: kept[page] for page in self.page_ids() if page in kept}

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: acknowledge with this note."""
        self.action_submit()

    def action_submit(self) -> None:
        """Acknowledge this one and go to the next that is open."""
        page, note = self.page, self.query_one("#note", Input).value
        self.carry_out(lambda: self._acknowledge_or_refuse(page, note), self._acknowledged)

    def _acknowledge_or_refuse(self, page: str, note: str) -> DraftView:
        if self._concern(page).acknowledged:
            raise WrongState(why=f"This one is acknowledged; {fixed('tab')} goes to the next.")
        return self._acknowledge(page, note)

    def _acknowledged(self, draft: Any) -> None:
        self._draft = draft
        self._notes.pop(self.page, None)
        self.query_one("#note", Input).value = ""
        following = next(self._open(), None)
        if following is None:
            self._close(True)
        else:
            self.turn_to(following)

    def _note_here(self) -> dict[str, str]:
        return {self.page: self.query_one("#note", Input).value} if self.page else {}

    def _open(self) -> Iterator[str]:
        return (c.id for c in self._draft.conflicts if not c.acknowledged)

    def _concern(self, page: str) -> ConcernView:
        return next(c for c in self._draft.conflicts if c.id == page)

    def _numbers(self, concern: ConcernView) -> list[str]:
        shown = self._draft.items()
        return [shown[item].number for item in concern.items if item in shown]
