"""Orders: manifests of work, planned or brought, from the first look to the verdict."""

from collections.abc import Sequence
from pathlib import Path

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.screens.orders.acts import OrderActs
from console.screens.orders.detail import OrderScreen
from console.screens.orders.planning import OrderPlanning
from console.screens.writing import AskReason
from console.snapshots.orders import LooseManifest, OrderItem, OrdersPage, take_orders
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.filter_line import FilterLine
from console.widgets.rows import Column
from console.words.orders import item_facts, planning_words, state_of, verdict_of
from storage.database import now
from storage.jobs.record import JobDetail


class OrdersPlace(OrderPlanning, OrderActs, ListPlace[OrderItem]):
    """The newest work orders, and files among the manifests that nobody has sent yet."""

    ID = "orders"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("work order"),
        Column("state", 12),
        Column("progress", 18, needs=100),
        Column("entries", 7),
        Column("found", 13),
        Column("planned by", 20, needs=120),
    )
    HINT = "words that must occur"
    NOUN = ("work order", "work orders")

    def __init__(self) -> None:
        super().__init__()
        self._planning: JobDetail | None = None

    def take(self, text: str, start: object, size: int) -> Page[OrderItem]:
        """The newest."""
        return take_orders(text)

    def show(self, answer: Page[OrderItem]) -> None:
        """Draw them, and what became of the last planning."""
        assert isinstance(answer, OrdersPage)
        self._planning = answer.planning
        super().show(answer)
        told = planning_words(self._planning, now())
        if told:
            self.query_one(FilterLine).show(f"{self._count()} · {told}")

    def id_of(self, item: OrderItem) -> str:
        """Its id, or the file."""
        return str(item.path) if isinstance(item, LooseManifest) else item.order_id

    def cursor_of(self, item: OrderItem) -> object:
        """One window."""
        return None

    def cells(self, item: OrderItem) -> tuple[Content, ...]:
        """One line; the time is that of planning, or of the last change of a loose file."""
        state, found = state_of(item), verdict_of(item)
        if isinstance(item, LooseManifest):
            name, blank = glyphs.one_line(item.name), Content("")
            return self.short_time(item.changed_at), name, state, blank, blank, found, blank
        return (
            self.short_time(item.planned_at),
            glyphs.one_line(item.name),
            state,
            glyphs.bar(item.group.percent) if item.group else Content(""),
            Content(f"{item.entries:>7,}"),
            found,
            glyphs.one_line(item.planned_by_name),
        )

    def facts(self, item: OrderItem) -> Sequence[Fact]:
        """Its jobs and what was found of them come first."""
        return item_facts(item, self.full_time)

    def detail(self, item: OrderItem) -> LiveScreen:
        """The order with its lines."""
        return OrderScreen(self.id_of(item))

    def empty(self) -> str:
        """No orders at all."""
        return (
            f"No work order yet: {key('plan_order')} lets a workflow plan one, "
            f"{key('open_manifest')} looks into a manifest file, and "
            "`eightbells manifest plan` does the same on the command line."
        )

    def order_in_hand(self) -> OrderItem | None:
        """The order under the cursor."""
        return self.current

    async def action_open_manifest(self) -> None:
        """f: a file from anywhere."""
        sentence = "Which file? Nothing is sent by looking."
        given = await self.ask(
            AskReason(
                "Look into a manifest", sentence, placeholder="a path", needed="It needs one."
            )
        )
        self.app.push_screen(OrderScreen(str(Path(given).expanduser().absolute())))
