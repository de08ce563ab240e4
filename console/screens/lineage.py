"""Lineage: signal → suggestion → proposal → entry → item → handover, walked in both directions."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from console.clipboard import copy
from console.commands.table import keys_of
from console.messages import RowHighlighted
from console.screens.place import Place
from console.snapshots.insights import take_lineage
from console.widgets.facts import Facts
from console.widgets.rows import Column, Row, RowList
from console.widgets.split import list_and_peek
from console.words.insights import before_and_after, thing_cells, thing_facts
from storage.clock import age_words, ships_time
from storage.database import now
from storage.entries.states import ProposalStatus
from storage.insights.lineage import Lineage, Thing

COLUMNS = (Column("LT", 9), Column("", 16), Column("state", 12, needs=50), Column("says"))
NOTHING = "There is nothing under the cursor."
IN_THE_PANE = "All there is of it stands in the pane."


class LineageScreen(Place):
    """All that led to one thing and all it led to; the cursor begins on the thing itself."""

    ID = "lineage"
    TAB = "insights"
    BINDINGS = keys_of(ID)

    def __init__(self, subject_id: str) -> None:
        super().__init__()
        self._subject_id = subject_id
        self._found: Lineage | None = None

    def body(self) -> Iterable[Widget]:
        """The things in the order one leads to the next, and a pane about one of them."""
        yield Static("", classes="detail--title", markup=False)
        yield from list_and_peek(COLUMNS)

    def on_mount(self) -> None:
        """Start in the list."""
        self._rows().focus()

    def question(self) -> Callable[[], Lineage]:
        """The way through this thing."""
        return partial(take_lineage, self._subject_id)

    def show(self, answer: Lineage) -> None:
        """Draw the way; the cursor goes to the thing it is about when that is another."""
        is_another = self._found is None or self._found.id != answer.id
        self._found = answer
        self.query_one(".detail--title", Static).update(self._title(answer))
        rows = [Row(t.id, thing_cells(answer, t, self._short_time(t))) for t in answer.things]
        self._rows().show(rows, Content(""))
        if is_another:
            self._rows().move_to([thing.id for thing in answer.things].index(answer.id))
        self._show_current()

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """The cursor is on another thing."""
        self._show_current()

    @property
    def thing(self) -> Thing | None:
        """The thing under the cursor."""
        cursor = self._rows().cursor_id
        things = self._found.things if self._found else ()
        return next((thing for thing in things if thing.id == cursor), None)

    # Commands

    def why_not_walk(self) -> str | None:
        """It is the one we are at."""
        if self.thing is None:
            return NOTHING
        return "You are there already." if self.thing.id == self._subject_id else None

    def action_walk(self) -> None:
        """Enter: there, and on from there."""
        assert self.thing is not None
        self._go(self.thing.id)

    def why_not_walk_back(self) -> str | None:
        """It is the beginning."""
        return None if self._neighbour(0) else "Nothing on record led to it."

    def why_not_walk_forth(self) -> str | None:
        """It is the end, so far."""
        return None if self._neighbour(1) else "It has led to nothing yet."

    def action_walk_back(self) -> None:
        """←: what led to it."""
        self._go(self._neighbour(0))

    def action_walk_forth(self) -> None:
        """→: what it led to."""
        self._go(self._neighbour(1))

    def why_not_see_whole(self) -> str | None:
        """Signals and suggestions are whole here."""
        if self.thing is None:
            return NOTHING
        is_whole = self.thing.kind in ("signal", "suggestion") or self._is_decided(self.thing)
        return IN_THE_PANE if is_whole else None

    async def action_see_whole(self) -> None:
        """w: in its own place."""
        thing = self.thing
        assert thing is not None
        screen = self._screen(thing)
        if screen is not None:
            self.app.push_screen(screen)
        else:
            await self.app.switch_mode("handover")

    def action_back(self) -> None:
        """Esc: back to where the walk began."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """y: what the pane says."""
        text = self.query_one("#peek Facts", Facts).text
        self.say(copy(self.console, text, self.console.home), "done")

    def _screen(self, thing: Thing) -> Screen[None] | None:
        """The detail of a thing; imported here because details lead to one another."""
        from console.screens.archive.detail import SignedScreen
        from console.screens.entries.detail import EntryScreen
        from console.screens.entries.inbox import InboxPlace
        from console.screens.insights.regeneration_detail import RegenerationScreen

        kinds = {"entry": EntryScreen, "regeneration": RegenerationScreen, "handover": SignedScreen}
        if thing.kind in kinds:
            return kinds[thing.kind](thing.id)
        if thing.kind == "proposal":
            return InboxPlace(at=thing.id)
        assert self._found is not None
        before, after = before_and_after(self._found, thing.id)
        if thing.kind == "output" and before:
            return RegenerationScreen(before[0])
        return SignedScreen(after[0]) if thing.kind == "item" and after else None

    def _is_decided(self, thing: Thing) -> bool:
        """A proposal that is no longer in the inbox; the entry it became is a thing of its own."""
        return thing.kind == "proposal" and thing.status != ProposalStatus.OPEN

    def _neighbour(self, way: int) -> str:
        """The id of the first thing before (0) or after (1) the one in hand; empty for none."""
        if self._found is None or self.thing is None:
            return ""
        return next(iter(before_and_after(self._found, self.thing.id)[way]), "")

    def _go(self, subject_id: str) -> None:
        self._subject_id = subject_id
        self.ask_again()

    def _title(self, found: Lineage) -> Content:
        cut = ", cut: there is more than can be followed" if found.cut else ""
        return Content(f"Lineage of the {found.kind} · {len(found.things)} things{cut}")

    def _show_current(self) -> None:
        found, thing = self._found, self.thing
        facts = thing_facts(found, thing, self.full_time) if found and thing else ()
        self.query_one("#peek Facts", Facts).show(facts)
        self.refresh_keys()

    def full_time(self, at: datetime) -> Content:
        """Ship's time, UTC and age (CONSOLE rule 10)."""
        both = self.bridge.times(at) if self.bridge else f"{at:%Y-%m-%d %H:%M} UTC"
        return Content(f"{both} · {age_words((now() - at).total_seconds())}")

    def _short_time(self, thing: Thing) -> Content:
        offset = self.bridge.vessel.offset_minutes if self.bridge and self.bridge.vessel else 0
        return Content(f"{ships_time(thing.at, offset):%d %H:%M}")

    def _rows(self) -> RowList:
        return self.query_one("#list", RowList)
