"""Archive: signed handovers, newest first, and the documents made of them."""

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.archive.acts import SignedActs
from console.screens.archive.detail import SignedScreen, signed_facts
from console.screens.lineages import Lineages
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.snapshots.places import Page, take_signed
from console.widgets.facts import Fact
from console.widgets.progress import JobProgressPanel
from console.widgets.rows import Column
from storage.handovers.filters import FIELDS, read_filter
from storage.handovers.views import Cursor, HandoverQuery, HandoverView


class ArchivePlace(SignedActs, Lineages, ListPlace[HandoverView]):
    """The signed handovers; the pane shows who signed and what was made of it."""

    ID = "archive"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("document", 20),
        Column("handed over by"),
        Column("taken over by"),
        Column("exports", 8),
        Column("hash", 18, needs=110),
    )
    HINT = "number:EB-0004  on:2026-03-01  incoming:name  superseded:no  since:7d"
    FIELDS = FIELDS
    NOUN = ("signed handover", "signed handovers")

    def body(self) -> Iterable[Widget]:
        """The list, and below it what is being made of the handover under the cursor."""
        yield from super().body()
        yield JobProgressPanel("handover", "")

    def show_current(self) -> None:
        """Another handover has other documents in the making."""
        panel, signed = self.query_one(JobProgressPanel), self.current
        panel.watch_resource(signed.draft_id if signed else "")
        if self.bridge is not None:
            panel.show(self.bridge)
        super().show_current()

    def take(self, text: str, start: Cursor | None, size: int) -> Page[HandoverView]:
        """A window of signed handovers."""
        return take_signed(HandoverQuery(where=read_filter(text)), start, size)

    def check(self, text: str) -> None:
        """Raise BadInput when the filter cannot be read."""
        read_filter(text)

    def id_of(self, item: HandoverView) -> str:
        """The id of its draft."""
        return item.draft_id

    def cursor_of(self, item: HandoverView) -> Cursor:
        """Its time and id."""
        return item.signed_at, item.draft_id

    def cells(self, item: HandoverView) -> tuple[Content, ...]:
        """One line."""
        outgoing, incoming = (glyphs.one_line(s.name) for s in item.signatories[:2])
        return (
            self.short_time(item.signed_at),
            _document(item),
            outgoing,
            incoming,
            Content(str(len(item.exports))),
            Content(item.document_hash[:16] + "…"),
        )

    def facts(self, item: HandoverView) -> Sequence[Fact]:
        """Who signed, when, and what there is of it."""
        return signed_facts(item, self.full_time)

    def detail(self, item: HandoverView) -> LiveScreen:
        """The handover with its exports."""
        return SignedScreen(item.draft_id)

    def empty(self) -> str:
        """Nothing is signed yet."""
        return (
            f"No handover has been signed yet. On the Watch ({key('go_watch')}), "
            f"{key('generate')} drafts one; {key('go_handover')} reviews it."
        )

    def signed_in_hand(self) -> HandoverView | None:
        """The handover under the cursor."""
        return self.current

    def lineage_of(self) -> str | None:
        """The handover in hand."""
        signed = self.signed_in_hand()
        return signed.draft_id if signed else None


def _document(item: HandoverView) -> Content:
    if item.superseded_by:
        return Content.assemble((f"{item.document_number} superseded", "$muted"))
    return Content(item.document_number)
