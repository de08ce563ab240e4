"""Signals: what the counts of the days say, each once."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.insights.lists import InsightList
from console.screens.lineage import LineageScreen
from console.screens.live import LiveScreen
from console.snapshots.insights import take_signals
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.rows import Column
from console.words.insights import rate_words, severity, signal_facts, signal_name
from storage.insights.views import SignalView


class SignalsPlace(InsightList[SignalView]):
    """The newest signals; Enter shows what each rests on and what came of it."""

    ID = "signals"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("severity", 10, needs=100),
        Column("signal", 23),
        Column("counted", 14, needs=60),
        Column("says"),
    )
    NOUN = ("signal", "signals")

    def take(self, text: str, start: object, size: int) -> Page[SignalView]:
        """The newest."""
        return take_signals(text)

    def id_of(self, item: SignalView) -> str:
        """Its id."""
        return item.id

    def cells(self, item: SignalView) -> tuple[Content, ...]:
        """One line."""
        return (
            self.short_time(item.created_at),
            severity(item.severity),
            signal_name(item),
            Content(rate_words(item)),
            glyphs.one_line(item.message),
        )

    def facts(self, item: SignalView) -> Sequence[Fact]:
        """All of it."""
        return signal_facts(item, self.full_time)

    def detail(self, item: SignalView) -> LiveScreen:
        """What it rests on and what came of it."""
        return LineageScreen(item.id)

    def empty(self) -> str:
        """Nothing was noticed."""
        return (
            "No signal: nothing in the counts of the days stands out. The worker looks every half "
            f"hour, {key('count_now')} looks now. {key('back')} goes back to the trends."
        )
