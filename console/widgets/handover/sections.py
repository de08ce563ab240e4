"""The sections with their seen marks and counts, and what else is open, beside the items."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from console.keys_aboard import key
from console.widgets.handover.marks import DIM, GOOD, SEEN, UNSEEN, WARN
from console.widgets.handover.words import cells, cut
from storage.drafts.content import SlotState
from storage.drafts.states import DraftState
from storage.drafts.views import DraftView, SectionView
from storage.taxonomy.domains import Bucket

HERE = "▸"


class SectionsView(Static):
    """Draws the sections in the order of the person's role; `[` and `]` move among them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._draft: DraftView | None = None
        self._current: Bucket | None = None
        self._order = ""

    def show(self, draft: DraftView, current: Bucket | None, order: str) -> None:
        """Draw these sections; `order` says whose reading order it is."""
        self._draft, self._current, self._order = draft, current, order
        self.refresh()

    def render(self) -> Content:
        """One line a section, then the open questions."""
        if self._draft is None:
            return Content("")
        width = self.content_size.width
        lines = [
            section_line(
                section,
                width,
                is_here=section.bucket is self._current,
                is_stale=section.bucket is Bucket.COMMAND and self._draft.command_stale,
            )
            for section in self._draft.sections
        ]
        return Content("\n").join(
            [
                *lines,
                Content(""),
                *question_lines(self._draft, width),
                Content(""),
                *order_lines(self._order, width),
            ]
        )


def section_line(
    section: SectionView, width: int, *, is_here: bool, is_stale: bool = False
) -> Content:
    """`▸✓ Engineering      12`, with `○` while it is not seen; `Command (old)` while it is."""
    mark = SEEN if section.seen else UNSEEN
    count = str(len(section.items))
    name = cut(
        f"{section.label} (old)" if is_stale else section.label, max(width - 4 - len(count), 1)
    )
    gap = " " * max(width - 3 - cells(name) - len(count), 1)
    pointer = HERE if is_here else " "
    parts = (pointer, (f"{mark.glyph} ", mark.style), (name, "bold" if is_here else ""))
    return Content.assemble(*parts, gap, (count, DIM))


def question_lines(draft: DraftView, width: int) -> list[Content]:
    """`merges 1/3`, `concerns 0/2`, `covered 9/12`: answered of all, by the key that shows them."""
    answered = [p.answer is not None for p in draft.merge_proposals]
    settled = [c.acknowledged for c in draft.conflicts]
    stated = [s.state is not SlotState.NOT_COVERED for s in draft.completeness]
    rows = (
        ("merge", "merges", answered),
        ("concerns", "concerns", settled),
        ("completeness", "covered", stated),
    )
    return [_tally(key(command), name, done, width) for command, name, done in rows if done]


def order_lines(order: str, width: int) -> list[Content]:
    """Whose order this is; the numbers stay those of the document."""
    return [Content.styled(cut(line, width), DIM) for line in ("order for", order) if order]


def state_words(draft: DraftView) -> str:
    """`IN REVIEW`, as it is written for people."""
    return draft.state.replace("_", " ")


def state_style(state: DraftState) -> str:
    """The colour of a state, beside its word."""
    return GOOD if state in (DraftState.ACCEPTED, DraftState.SIGNED) else WARN


def _tally(by: str, word: str, done: Sequence[bool], width: int) -> Content:
    count = f"{sum(done)}/{len(done)}"
    gap = " " * max(width - 2 - len(by) - len(word) - len(count), 1)
    style = GOOD if all(done) else WARN
    return Content.assemble(" ", (by, "$key"), " ", word, gap, (count, style))
