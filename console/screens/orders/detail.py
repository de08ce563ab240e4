"""One manifest, line by line: what each asks, the job it became, and what was found of it."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.jobs.detail import JobScreen
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.screens.orders.acts import OrderActs
from console.snapshots.bridge import Bridge
from console.snapshots.orders import LooseManifest, OrderItem, OrderPage, Which, take_order
from console.snapshots.places import Page
from console.widgets.facts import Fact, Facts
from console.widgets.lists_line import ListsLine
from console.widgets.rows import Column, RowList
from console.windows import SIZE, Window
from console.words.orders import entry_facts, entry_state, entry_verdict, order_facts
from storage.database import now
from storage.manifests.views import EntryRecord, OrderRecord

WHICH = tuple(Which)
NO_JOB = "Nothing was sent of this line; there is no job to open."


class OrderScreen(OrderActs, ListPlace[EntryRecord]):
    """A work order or a loose file; `]` and `[` choose which of its lines are shown."""

    ID = "order"
    TAB = "orders"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("line", 6),
        Column("entry", 22, needs=100),
        Column("task", 13),
        Column("job", 16, wide=24),
        Column("found, or what it is for"),
    )
    HINT = ""
    NOUN = ("line", "lines")

    def __init__(self, given: str) -> None:
        super().__init__()
        self._given = given
        self._which = Which.ALL
        self._page: OrderPage | None = None

    def body(self) -> Iterable[Widget]:
        """How all of it stands, which lines there are, and the lines."""
        yield Static("", classes="detail--title", markup=False)
        yield Facts(id="order", names=8)
        yield ListsLine([which.value for which in WHICH], Which.ALL)
        yield from super().body()

    def question(self) -> Callable[[], OrderPage]:
        """A window of the chosen lines."""
        return partial(take_order, self._given, self._which, self.window.start or 0, SIZE)

    def show(self, answer: Page[EntryRecord]) -> None:
        """Draw it."""
        assert isinstance(answer, OrderPage)
        self._page = answer
        if answer.order is not None:
            self._given = answer.order.order_id
        self.query_one(".detail--title", Static).update(Content(f"Work order · {answer.path.name}"))
        self.query_one("#order", Facts).show(order_facts(answer))
        self._name_lists()
        super().show(answer)

    def id_of(self, item: EntryRecord) -> str:
        """Its line."""
        return str(item.line)

    def cursor_of(self, item: EntryRecord) -> int:
        """Its line."""
        return item.line

    def cells(self, item: EntryRecord) -> tuple[Content, ...]:
        """One line."""
        return (
            Content(f"{item.line:>6}"),
            glyphs.one_line(item.entry_id),
            Content(item.task),
            entry_state(item),
            entry_verdict(item),
        )

    def facts(self, item: EntryRecord) -> Sequence[Fact]:
        """All of one line."""
        return entry_facts(item)

    def detail(self, item: EntryRecord) -> LiveScreen:
        """The job it became."""
        assert item.job_id is not None
        return JobScreen(item.job_id)

    def empty(self) -> str:
        """None of these lines."""
        page = self._page
        if page is not None and page.counts.get(self._which) is None:
            return (
                f"Nothing was verified yet: {key('verify_order')} compares all receipts. "
                f"{key('next_entries')} goes on, {key('jobs_of_order')} lists its jobs."
            )
        others = f"{key('next_entries')} and {key('previous_entries')} show others"
        return f"No line is {self._which}. {others}."

    def show_bridge(self, bridge: Bridge) -> None:
        """The first column is a number here, not a time."""
        super().show_bridge(bridge)
        self.query_one("#list", RowList).retitle(0, "line")

    def order_in_hand(self) -> OrderItem | None:
        """This one."""
        page = self._page
        if page is None:
            return None
        return page.order or LooseManifest(path=page.path, bytes=0, changed_at=now())

    def failed_of(self, order: OrderRecord) -> int:
        """Over all rounds, each entry as it was last sent."""
        tally = self._page.tally if self._page else None
        return tally.failed if tally else super().failed_of(order)

    # Commands

    def why_not_open(self) -> str | None:
        """A line without a job leads nowhere."""
        if self.current is None:
            return "There is nothing under the cursor."
        return None if self.current.job_id else NO_JOB

    def why_not_copy(self) -> str | None:
        """Nothing under the cursor."""
        return None if self.current else "There is nothing under the cursor."

    def action_next_entries(self) -> None:
        """]: the next sort of lines."""
        self._go(1)

    def action_previous_entries(self) -> None:
        """[: the sort before."""
        self._go(-1)

    def action_back(self) -> None:
        """Esc: marks first, then back to the orders."""
        if self.is_selecting():
            self.query_one("#list", RowList).clear_marks()
        else:
            self.dismiss(None)

    def _go(self, by: int) -> None:
        self._which = WHICH[(WHICH.index(self._which) + by) % len(WHICH)]
        self.window = Window()
        self.query_one("#list", RowList).start_over()
        self._name_lists()
        self.ask_again()

    def _name_lists(self) -> None:
        counts = self._page.counts if self._page else {}
        names = [f"{w.value} {counts[w]:,}" if counts.get(w) else w.value for w in WHICH]
        self.query_one(ListsLine).show(names, names[WHICH.index(self._which)])
