"""A signed handover to be read: its cover, then section by section."""

from collections.abc import Callable, Sequence
from functools import partial

from textual.containers import VerticalScroll

from console.commands.table import keys_of
from console.screens.detail import DetailScreen
from console.widgets.facts import Fact
from console.words.signed import cover, section_facts
from storage.handovers.snapshot import Snapshot
from storage.handovers.views import snapshot


class DocumentScreen(DetailScreen):
    """The snapshot both people signed. It never changes."""

    ID = "document"
    BINDINGS = keys_of(ID)

    def __init__(self, draft_id: str) -> None:
        super().__init__()
        self._draft_id = draft_id
        self._signed: Snapshot | None = None
        self._page = 0

    def question(self) -> Callable[[], Snapshot]:
        """The snapshot; what is known already is not read again."""
        signed = self._signed
        return partial(snapshot, self._draft_id) if signed is None else lambda: signed

    def show(self, answer: Snapshot) -> None:
        """Draw the page."""
        self._signed = answer
        super().show(answer)

    def title_of(self, answer: Snapshot) -> str:
        """`EB-00003 · 2 of 4 · Engineering`; the cover is the first page."""
        page = answer.sections[self._page - 1].label if self._page else "signatures and answers"
        where = f"page {self._page + 1} of {len(answer.sections) + 1}"
        return f"{answer.document_number} · {page} · {where}"

    def facts(self, answer: Snapshot) -> Sequence[Fact]:
        """The cover, or one section with all it rests on."""
        if not self._page:
            return list(cover(answer, self.full_time))
        return list(section_facts(answer.sections[self._page - 1], self.full_time))

    def action_next_page(self) -> None:
        """]: the next section; after the last, the cover."""
        self._turn(1)

    def action_previous_page(self) -> None:
        """[: the section before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if self._signed is not None:
            self._page = (self._page + by) % (len(self._signed.sections) + 1)
            self.show(self._signed)
            self.query_one("#facts", VerticalScroll).scroll_home(animate=False)
