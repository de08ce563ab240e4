"""Questions answered one after the other on one sheet: merges, concerns, read-backs."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.screens.handover.sheet import Sheet, quote


class PagedSheet(Sheet[bool]):
    """One page for each question; Tab goes on without answering, shift+Tab back.

    A subclass names its pages in `page_ids`, draws one in `heading_of`, `statements_of` and
    `footing_of`, and calls `turn_to` when one is answered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", "next", show=False, priority=True),
        Binding("shift+tab", "turn(-1)", "back", show=False, priority=True),
    ]

    def __init__(self, title: str, *, keys: str, home: Path, draft_name: str) -> None:
        super().__init__(title, keys=keys, home=home, draft_name=draft_name)
        self.add_class("-whole")
        self.page = ""

    def body(self) -> Iterable[Widget]:
        """The parts of a page."""
        yield Static("", id="heading", markup=False)
        yield Container(id="statements")
        yield quote(Content(""), id="footing")

    def begin(self) -> None:
        """Begin with the first question."""
        self.turn_to(self.first_page())

    def page_ids(self) -> Sequence[str]:
        """The pages in order."""
        raise NotImplementedError

    def first_page(self) -> str:
        """Where to begin."""
        return self.page_ids()[0]

    def heading_of(self, page: str) -> Content:
        """What is asked."""
        raise NotImplementedError

    def statements_of(self, page: str) -> list[Content]:
        """What it is asked about; two are shown side by side."""
        raise NotImplementedError

    def footing_of(self, page: str) -> Content:
        """What follows from it, or what was answered."""
        raise NotImplementedError

    def place_words(self, page: str) -> str:
        """`2 of 5`."""
        return f"{self.page_ids().index(page) + 1} of {len(self.page_ids())}"

    def turn_to(self, page: str) -> None:
        """Show a page."""
        self.page = page
        self.query_one("#heading", Static).update(self.heading_of(page))
        self.query_one("#footing", Static).update(self.footing_of(page))
        self.call_later(self._show_statements, self.statements_of(page))

    def action_turn(self, by: int) -> None:
        """Tab: the next page; it goes round."""
        pages = self.page_ids()
        self.turn_to(pages[(pages.index(self.page) + by) % len(pages)])

    async def _show_statements(self, statements: Sequence[Content]) -> None:
        room = self.query_one("#statements", Container)
        room.set_class(len(statements) == 2, "-pair")
        await room.remove_children()
        await room.mount_all(quote(statement) for statement in statements)
