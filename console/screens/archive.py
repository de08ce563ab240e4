"""Archive: signed handovers, newest first, and the documents made of them."""

from collections.abc import Sequence

from textual.content import Content

from console import glyphs
from console.commands import keys_of
from console.filtering import parse
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.screens.signed_acts import SignedActs
from console.screens.signed_detail import SignedScreen, signed_facts
from console.snapshots import Page, take_signed
from console.widgets.facts import Fact
from console.widgets.rows import Column
from storage.errors import BadInput
from storage.handovers.views import HandoverView


class ArchivePlace(SignedActs, ListPlace[HandoverView]):
    """The signed handovers; the pane shows who signed and what was made of it."""

    ID = "archive"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("document", 18),
        Column("handed over by"),
        Column("taken over by"),
        Column("exports", 8),
        Column("hash", 18, needs=110),
    )
    HINT = "on:2026-03-01"
    NOUN = ("signed handover", "signed handovers")

    def take(self, text: str, start: object, size: int) -> Page[HandoverView]:
        """The newest signed handovers."""
        return take_signed(read_filter(text), start, size)

    def check(self, text: str) -> None:
        """Raise BadInput when the filter cannot be read."""
        read_filter(text)

    def id_of(self, item: HandoverView) -> str:
        """The id of its draft."""
        return item.draft_id

    def cursor_of(self, item: HandoverView) -> object:
        """One window: a ship signs six a day."""
        return None

    def cells(self, item: HandoverView) -> tuple[Content, ...]:
        """One line."""
        outgoing, incoming = (glyphs.one_line(s.name) for s in item.signatories[:2])
        return (
            self.short_time(item.signed_at),
            Content(item.document_number),
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
        return "No handover has been signed yet. On the Watch (1), g drafts one; 3 reviews it."

    def signed_in_hand(self) -> HandoverView | None:
        """The handover under the cursor."""
        return self.current


def read_filter(text: str) -> str | None:
    """The UTC date a filter asks for, if it does.

    Raises:
        BadInput: anything but `on:` and a date.
    """
    values, words = parse(text, {"on": str})
    if words:
        raise BadInput(why="The archive is searched by date: on:2026-03-01.")
    return str(values["on"]) if "on" in values else None
