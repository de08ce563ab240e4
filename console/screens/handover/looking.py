"""Sheets to look at: evidence, history, completeness, what is missing. Nothing is asked."""

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget

from console.keys_aboard import legend
from console.screens.dialog import Dialog
from console.screens.handover.reading import EvidencePicture
from console.widgets.handover.evidence import EvidenceView
from console.widgets.handover.evidence_lines import (
    Times,
    document_block,
    edit_block,
    entry_block,
    event_block,
    headed,
    item_block,
)
from console.widgets.handover.marks import DIM, SLOTS, TITLE
from storage.drafts.views import DraftView, ItemView
from storage.handovers.notices import NoticeView
from storage.text import visible

SCROLLS = legend(("up,down", "scroll"), ("pagedown", "page on"), ("escape", "back"))


class LookSheet(Dialog[bool]):
    """Something to read, whole; it scrolls and Esc closes it."""

    def __init__(self, title: str, blocks: Sequence[Content]) -> None:
        super().__init__(title, keys=SCROLLS)
        self.add_class("-whole")
        self._blocks = blocks

    def body(self) -> Iterable[Widget]:
        """The text."""
        yield EvidenceView()

    def on_mount(self) -> None:
        """Show it from its top."""
        view = self.query_one(EvidenceView)
        view.show(self._blocks, anew=True)
        view.focus()


def evidence_blocks(picture: EvidencePicture, times: Times) -> list[Content]:
    """The item and all it rests on."""
    return [
        item_block(picture.item),
        *headed("entry", [entry_block(entry, times) for entry in picture.entries]),
        *headed("event", [event_block(event, times) for event in picture.events]),
        *headed("document", [document_block(document) for document in picture.documents]),
        *headed("change", [edit_block(edit, times) for edit in picture.item.edits]),
    ]


def history_blocks(item: ItemView, times: Times) -> list[Content]:
    """What people did to an item, oldest first, after the words the machine proposed."""
    first = Content.assemble(("as drafted\n", DIM), visible(item.machine_text))
    changes = [edit_block(edit, times) for edit in item.edits]
    return [first, *(changes or [Content.styled("Nobody has changed it.", DIM)])]


def notice_blocks(notices: Sequence[NoticeView], times: Times) -> list[Content]:
    """What was sent back, by whom and why, oldest first."""
    ways = {"decline": "declined", "reopen": "reopened"}
    return [
        Content.assemble(
            (f"{ways[notice.kind]} by {visible(notice.by)}", TITLE), f"  {times(notice.at)}\n",
            visible(notice.reason),
        )
        for notice in notices
    ]  # fmt: skip


def completeness_blocks(draft: DraftView) -> list[Content]:
    """What a handover of this kind should say; nothing is filled in by inference (DOMAIN §5)."""
    shown = draft.items()
    widest = max((len(slot.label) for slot in draft.completeness), default=0)
    lines = []
    for slot in draft.completeness:
        mark = SLOTS[slot.state]
        numbers = ", ".join(shown[item].number for item in slot.items if item in shown)
        label = Content(f"{slot.label:<{widest}}  ")
        lines.append(label + mark.content + Content.styled(f"  {numbers}", DIM))
    none = Content("This kind of handover has no list of what it should cover.")
    return [Content("\n").join(lines or [none])]
