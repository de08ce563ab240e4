"""What every command of the Handover place stands on: the picture, the item, the person."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import ParamSpec, TypeVar

from console.commands.command import Command
from console.keys_aboard import fixed, key
from console.screens.attempts import Attempts
from console.screens.handover.looking import LookSheet
from console.screens.handover.reading import HandoverPicture
from console.screens.handover.reasons import Situation, why_not
from console.screens.handover.signing import missing_words
from console.screens.place import Place
from console.widgets.handover.items import ItemsView
from storage.drafts.editing import attempt as attempt_change
from storage.drafts.requesting import attempt_draft, attempt_renewal
from storage.drafts.states import DraftState, EditKind, Move
from storage.drafts.views import DraftView, ItemView
from storage.errors import WrongState
from storage.handovers.attempts import attempt as attempt_move
from storage.people.views import CrewMember

P = ParamSpec("P")
T = TypeVar("T")
FIRST: dict[DraftState | None, tuple[str, ...]] = {
    None: ("generate", "new_entry"),
    DraftState.DRAFT: ("begin_review", "evidence", "next_section"),
    DraftState.IN_REVIEW: (
        "go_on", "edit_item", "merge", "concerns", "completeness", "accept", "evidence",
    ),
    DraftState.ACCEPTED: ("go_on", "sign", "decline", "reopen", "evidence", "next_section"),
}  # fmt: skip
"""Which keys matter most at each stage; the others follow while there is room."""

MOVES = {
    "begin_review": Move.REVIEW,
    "accept": Move.ACCEPT,
    "sign": Move.COUNTERSIGN,
    "decline": Move.DECLINE,
    "reopen": Move.REOPEN,
}
CHANGES = {
    "edit_item": EditKind.EDIT,
    "split": EditKind.SPLIT,
    "leave_out": EditKind.SUPPRESS,
    "move_up": EditKind.MOVE,
    "move_down": EditKind.MOVE,
}
RENEWALS = ("regenerate", "refresh_command")
TITLES = {"accept": "Accept the handover", "sign": "Countersign the handover"}


class HandoverDesk(Attempts, Place):
    """The place without its commands."""

    picture: HandoverPicture | None = None
    shown: Mapping[str, ItemView] = MappingProxyType({})
    """Every item of the picture by its id."""

    @property
    def draft(self) -> DraftView | None:
        """The open draft."""
        return self.picture.draft if self.picture else None

    @property
    def items_view(self) -> ItemsView:
        """The list of items."""
        return self.query_one(ItemsView)

    @property
    def item(self) -> ItemView | None:
        """The item under the cursor."""
        return self.shown.get(self.items_view.current or "")

    @property
    def home(self) -> Path:
        """The store's folder, where half-written text is kept."""
        return self.console.home

    def times(self, moment: datetime) -> str:
        """A moment in ship's time and UTC."""
        return self.bridge.times(moment) if self.bridge else f"{moment:%Y-%m-%d %H:%M} UTC"

    def why_not(self, command_id: str) -> str | None:
        """The rule that refuses a command now."""
        if not self.is_mounted:
            return None
        marked = len(self.items_view.marked)
        now = Situation(self.picture, self.person, self.item, marked)
        return why_not(command_id, now) or super().why_not(command_id)

    def commands(self) -> list[type[Command]]:
        """All commands; those of this stage of a handover's life come first on the line of keys."""
        first = FIRST[self.draft.state if self.draft else None]
        known = super().commands()
        return sorted(known, key=lambda c: first.index(c.id()) if c.id() in first else len(first))

    async def quietly(self, ask: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """As `call`, without a word on the status line."""
        return await asyncio.to_thread(partial(ask, *given, **named))

    def attempt(self, command_id: str, person: CrewMember) -> Callable[[], object] | None:
        """The moves of a handover, the changes of an item, and what would be drafted again."""
        draft, item = self.draft, self.item
        if draft is None:
            return None
        if command_id == "generate":
            return partial(attempt_draft, person.actor, draft.vessel_id)
        if command_id in RENEWALS:
            return partial(attempt_renewal, person.actor, draft.id)
        if command_id in MOVES:
            return partial(attempt_move, person.actor, draft.id, MOVES[command_id])
        if command_id in CHANGES and item is not None:
            return partial(attempt_change, person.actor, item.id, CHANGES[command_id])
        return None

    async def tell_missing(self, command_id: str, missing: list[str]) -> None:
        """Exactly what is still missing, on a sheet."""
        how = f"{fixed('escape')}, then {key('go_on')} does the next step, one after the other."
        await self.ask(LookSheet(TITLES[command_id], [missing_words(missing, how)]))

    async def _person_and_item(self, what: str) -> tuple[CrewMember, ItemView]:
        item, person = self.item, await self.require_person(what)
        if item is None:
            raise WrongState(why="The cursor is on no item.")
        return person, item

    def _open_draft(self) -> DraftView:
        if self.draft is None:
            raise WrongState(why="There is no open handover.")
        return self.draft

    def _done(self, sentence: str) -> None:
        self.say(sentence, "done")
        self._release()
        self.ask_again()
