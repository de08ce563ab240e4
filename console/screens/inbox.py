"""The inbox: what the ship's systems think should be an entry. Only a person makes it one."""

from collections.abc import Sequence

from textual.content import Content

from console import glyphs
from console.commands import keys_of
from console.screens.asking import AskReason, AskText
from console.screens.listing import ListPlace
from console.snapshots import Page, take_proposals
from console.widgets.facts import Fact
from console.widgets.rows import Column
from storage.entries.proposals import accept_proposal, dismiss_proposal
from storage.entries.views import ProposalView
from storage.text import visible


class InboxPlace(ListPlace[ProposalView]):
    """Open proposals, oldest first."""

    ID = "inbox"
    TAB = "entries"
    BINDINGS = keys_of(ID)
    COLUMNS = (Column("LT", 9), Column("from", 20), Column("proposed words"))
    HINT = ""
    NOUN = ("proposal", "proposals")

    def take(self, text: str, start: object, size: int) -> Page[ProposalView]:
        """The oldest open proposals."""
        return take_proposals(start, size)

    def id_of(self, item: ProposalView) -> str:
        """Its id."""
        return item.id

    def cursor_of(self, item: ProposalView) -> object:
        """The inbox is one window: what is decided makes room for the next."""
        return None

    def cells(self, item: ProposalView) -> tuple[Content, ...]:
        """One line."""
        source = f"{item.source_kind} {item.source_id}"
        return self.short_time(item.created_at), glyphs.one_line(source), glyphs.one_line(item.text)

    def facts(self, item: ProposalView) -> Sequence[Fact]:
        """The words and where they come from."""
        return [
            ("proposed", Content(visible(item.text))),
            ("from", Content(f"{item.source_kind} {visible(item.source_id)}")),
            ("when", self.full_time(item.created_at)),
        ]

    def empty(self) -> str:
        """Nothing to decide."""
        return (
            "The inbox is empty: nothing the ship's systems reported waits for you. Esc goes back."
        )

    # Commands

    def why_not_open(self) -> str | None:
        """Everything is in the pane already."""
        return "All of it is shown below; a accepts, e changes the words, d dismisses."

    def why_not_filter(self) -> str | None:
        """Oldest first is the order to decide in."""
        return "The inbox is worked off oldest first and has no filter."

    def why_not_accept_proposal(self) -> str | None:
        """Nothing under the cursor."""
        return None if self.current else "There is no proposal under the cursor."

    why_not_copy = why_not_accept_proposal
    why_not_edit_proposal = why_not_accept_proposal
    why_not_dismiss_proposal = why_not_accept_proposal

    def action_back(self) -> None:
        """Esc: back to the entries."""
        self.dismiss(None)

    async def action_accept_proposal(self) -> None:
        """a: as it is."""
        proposal = self._proposal()
        person = await self.require_person("to accept a proposal")
        await self.call(accept_proposal, person.actor, proposal.id)
        self.say("Accepted: it is an entry now.", "done")

    async def action_edit_proposal(self) -> None:
        """e: in your words."""
        proposal = self._proposal()
        person = await self.require_person("to accept a proposal")
        sheet = AskText(
            "Accept in your words", "The event stays as its source.", text=proposal.text
        )
        text = await self.ask(sheet)
        await self.call(accept_proposal, person.actor, proposal.id, text=text)
        self.say("Accepted in your words: it is an entry now.", "done")

    async def action_dismiss_proposal(self) -> None:
        """d: it need not be an entry."""
        proposal = self._proposal()
        person = await self.require_person("to dismiss a proposal")
        reason = await self.ask(AskReason("Dismiss the proposal", "Why? It stays on record."))
        await self.call(dismiss_proposal, person.actor, proposal.id, reason=reason)
        self.say("Dismissed; it stays on record.", "done")

    def _proposal(self) -> ProposalView:
        assert self.current is not None
        return self.current
