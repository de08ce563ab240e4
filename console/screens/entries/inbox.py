"""The inbox: what the ship's systems think should be an entry, and what somebody flagged.

Only a person makes a proposal an entry, and only another officer decides about a flag.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.entries.correction_desk import CorrectionDesk
from console.screens.entries.proposal import ProposalSheet
from console.screens.listing import ListPlace
from console.screens.writing import AskReason
from console.snapshots.places import Page, happened_at, take_inbox
from console.widgets.facts import Fact
from console.widgets.reading import reading_facts
from console.widgets.rows import Column, RowList
from storage.entries.correction_views import OpenCorrection
from storage.entries.proposals import accept_proposal, dismiss_proposal
from storage.entries.reading import read_narrative
from storage.entries.views import ProposalView
from storage.errors import EightBellsError
from storage.taxonomy.classification import Classification
from storage.text import visible

Waiting = ProposalView | OpenCorrection


class InboxPlace(CorrectionDesk, ListPlace[Waiting]):
    """Open proposals and correction requests, oldest first."""

    ID = "inbox"
    TAB = "entries"
    BINDINGS = keys_of(ID)
    COLUMNS = (Column("LT", 9), Column("from", 20), Column("what waits"))
    HINT = ""
    NOUN = ("to decide", "to decide")

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at
        """What the cursor begins on, where it is not what has waited longest."""
        self._readings: dict[str, Classification] = {}

    def show(self, answer: Page[Waiting]) -> None:
        """Draw what waits; the cursor goes once to what was asked for."""
        super().show(answer)
        if self._at in self.items:
            self.query_one("#list", RowList).move_to(list(self.items).index(self._at))
            self._at = ""

    def show_current(self) -> None:
        """Before a proposal is accepted, how it is read stands below the list (DOMAIN §4)."""
        super().show_current()
        item = self.current
        if isinstance(item, ProposalView) and item.id not in self._readings:
            self.run_worker(self._read(item), group="read", exclusive=True)

    async def _read(self, item: ProposalView) -> None:
        with suppress(EightBellsError):  # the store says so itself, by the next reading
            evidence = _is_evident(item)
            reading = await asyncio.to_thread(read_narrative, item.text, evidence=evidence)
            self._readings[item.id] = reading
            super().show_current()

    def take(self, text: str, start: object, size: int) -> Page[Waiting]:
        """What has waited longest."""
        return take_inbox(start, size)

    def id_of(self, item: Waiting) -> str:
        """Its id."""
        return item.id

    def cursor_of(self, item: Waiting) -> object:
        """The inbox is one window: what is decided makes room for the next."""
        return None

    def cells(self, item: Waiting) -> tuple[Content, ...]:
        """One line."""
        if isinstance(item, OpenCorrection):
            source = f"flag by {item.requested_by}"
            text = f"{_move(item)}: {item.narrative}"
        else:
            source, text = _source(item), item.text
        return self.short_time(happened_at(item)), glyphs.one_line(source), glyphs.one_line(text)

    def facts(self, item: Waiting) -> Sequence[Fact]:
        """The words and where they come from."""
        when = ("when", self.full_time(happened_at(item)))
        if isinstance(item, OpenCorrection):
            return [
                ("said", Content(visible(item.narrative))),
                ("flagged", Content(_move(item))),
                ("because", Content(visible(item.reason))),
                ("by", Content(visible(item.requested_by))),
                when,
            ]
        reading = self._readings.get(item.id)
        return [
            ("proposed", Content(visible(item.text))),
            *(reading_facts(reading) if reading else [("filed under", Content("…"))]),
            ("from", Content(visible(_whole_source(item)))),
            when,
        ]

    def empty(self) -> str:
        """Nothing to decide."""
        return (
            "The inbox is empty: nothing the ship's systems reported and no flag waits for you. "
            f"{key('back')} goes back."
        )

    # Commands

    def correction_in_hand(self) -> OpenCorrection | None:
        """The request under the cursor."""
        return self.current if isinstance(self.current, OpenCorrection) else None

    def why_not_open(self) -> str | None:
        """Everything is in the pane already."""
        if self.correction_in_hand():
            return f"All of it is shown below; {key('decide_correction')} decides."
        return (
            f"All of it is shown below; {key('accept_proposal')} accepts, "
            f"{key('edit_proposal')} changes the words, {key('dismiss_proposal')} dismisses."
        )

    def why_not_filter(self) -> str | None:
        """Oldest first is the order to decide in."""
        return "The inbox is worked off oldest first and has no filter."

    def why_not_accept_proposal(self) -> str | None:
        """Nothing under the cursor, or something that is decided otherwise."""
        if self.correction_in_hand():
            decides = key("decide_correction")
            return f"This is a flagged classification; {decides} accepts or rejects it."
        if self.current is None:
            return "There is no proposal under the cursor."
        return None if self.current.id in self._readings else "One moment: it is being read."

    def why_not_copy(self) -> str | None:
        """Nothing under the cursor."""
        return None if self.current else "There is nothing under the cursor."

    def why_not_decide_correction(self) -> str | None:
        """A proposal is decided otherwise."""
        if isinstance(self.current, ProposalView):
            return (
                f"This is a proposal; {key('accept_proposal')} accepts it, "
                f"{key('edit_proposal')} changes its words, "
                f"{key('dismiss_proposal')} dismisses it."
            )
        return super().why_not_decide_correction()

    def why_not_dismiss_proposal(self) -> str | None:
        """Nothing under the cursor, or something that is decided otherwise."""
        return None if isinstance(self.current, ProposalView) else self.why_not_accept_proposal()

    why_not_edit_proposal = why_not_dismiss_proposal

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
        kept = self.half_written("edit_proposal", proposal.id)
        sheet = ProposalSheet(proposal.text, evidence=_is_evident(proposal), kept=kept)
        text = await self.ask(sheet)
        await self.call(accept_proposal, person.actor, proposal.id, text=text)
        self.say("Accepted in your words: it is an entry now.", "done")

    async def action_dismiss_proposal(self) -> None:
        """d: it need not be an entry."""
        proposal = self._proposal()
        person = await self.require_person("to dismiss a proposal")
        kept = self.half_written("dismiss_proposal", proposal.id)
        sheet = AskReason("Dismiss the proposal", "Why? It stays on record.", kept=kept)
        reason = await self.ask(sheet)
        await self.call(dismiss_proposal, person.actor, proposal.id, reason=reason)
        self.say("Dismissed; it stays on record.", "done")

    def _proposal(self) -> ProposalView:
        assert isinstance(self.current, ProposalView)
        return self.current


def _is_evident(proposal: ProposalView) -> bool:
    """Whether an event shows it; a search or a suggestion shows nothing."""
    return proposal.source_kind == "event"


def _source(proposal: ProposalView) -> str:
    """`fault logged`; of what is no event, its name."""
    event = proposal.event
    return event.type.replace("_", " ") if event else f"{proposal.source_kind} {proposal.source_id}"


def _whole_source(proposal: ProposalView) -> str:
    """`fault logged · Watermaker · alarm system · event EV-004`."""
    name = f"{proposal.source_kind} {proposal.source_id}"
    event = proposal.event
    said = (_source(proposal), event.asset, event.source, name) if event else (name,)
    return " · ".join(filter(None, said))


def _move(asked: OpenCorrection) -> str:
    """From where it is filed to where it should be."""
    return f"{asked.filed_under} → {asked.suggested_domain or 'another domain'}"
