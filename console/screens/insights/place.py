"""Insights: how it goes over time, and what the ship's own record suggests."""

from collections.abc import Callable, Iterable

from textual.containers import Container, VerticalScroll
from textual.widget import Widget

from console.clipboard import copy
from console.commands.table import keys_of
from console.screens.insights.lists import InsightLists
from console.snapshots.bridge import Bridge
from console.snapshots.trends import Trends, take_trends
from console.widgets.charts import Charts
from console.widgets.lists_line import ListsLine
from console.words.trends import engine_charts, ship_charts


class InsightsPlace(InsightLists):
    """The trends: the engine's last hour and the ship's last days."""

    ID = "trends"
    BINDINGS = keys_of(ID)

    def __init__(self) -> None:
        super().__init__()
        self._trends: Trends | None = None

    def body(self) -> Iterable[Widget]:
        """The engine on the left or on top, the ship on the right or below."""
        yield ListsLine(self.LISTS, self.ID)
        with VerticalScroll(id="trends"), Container(classes="panes"):
            yield Charts(id="engine")
            yield Charts(id="ship")

    def on_mount(self) -> None:
        """Arrow keys scroll where the screen is small."""
        self.query_one("#trends", VerticalScroll).focus()

    def question(self) -> Callable[[], Trends]:
        """The trends up to now."""
        return take_trends

    def show_bridge(self, bridge: Bridge) -> None:
        """The hour slides with time alone: another minute is another question."""
        super().show_bridge(bridge)
        here = self.console.screen is self and not self.paused
        if here and self._trends is not None and self._trends.runs.until <= bridge.at:
            self.ask_again()

    def show(self, answer: Trends) -> None:
        """Draw the charts."""
        self._trends = answer
        self.query_one("#engine", Charts).show(engine_charts(answer.runs))
        self.query_one("#ship", Charts).show(ship_charts(answer))
        self.refresh_keys()

    def why_not_copy(self) -> str | None:
        """Before the first look there is nothing."""
        return None if self._trends else "The store has not been read yet."

    def action_copy(self) -> None:
        """y: the charts as text."""
        text = "\n".join(charts.text for charts in self.query(Charts))
        self.say(copy(self.console, text, self.console.home), "done")
