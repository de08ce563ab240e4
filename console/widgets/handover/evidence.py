"""The evidence pane: everything one item rests on, to be read at the pace of the reader."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class EvidenceView(VerticalScroll, can_focus=True):
    """Blocks of text, one under the other; arrows scroll when it has the focus."""

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(markup=False)

    def show(self, blocks: Sequence[Content], *, anew: bool) -> None:
        """Draw these blocks; another item begins at its top."""
        self.query_one(Static).update(Content("\n\n").join(blocks))
        if anew:
            self.scroll_home(animate=False)
