"""Suggestions: what follows from the signals, for an officer to accept or dismiss."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.insights.acts import SuggestionActs
from console.screens.insights.lists import InsightList
from console.screens.lineage import LineageScreen
from console.screens.live import LiveScreen
from console.snapshots.insights import take_suggestions
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.rows import Column
from console.words.insights import SUGGESTIONS, marked, severity, suggestion_facts
from storage.insights.views import SuggestionView


class SuggestionsPlace(SuggestionActs, InsightList[SuggestionView]):
    """The open ones, oldest first, then those that were decided."""

    ID = "suggestions"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("state", 12),
        Column("severity", 10, needs=60),
        Column("suggests"),
    )
    NOUN = ("suggestion", "suggestions")

    def take(self, text: str, start: object, size: int) -> Page[SuggestionView]:
        """The inbox first."""
        return take_suggestions(text)

    def id_of(self, item: SuggestionView) -> str:
        """Its id."""
        return item.id

    def cells(self, item: SuggestionView) -> tuple[Content, ...]:
        """One line."""
        return (
            self.short_time(item.created_at),
            marked(SUGGESTIONS[item.status]),
            severity(item.severity),
            glyphs.one_line(f"{item.text} {item.signal}"),
        )

    def facts(self, item: SuggestionView) -> Sequence[Fact]:
        """All of it."""
        return suggestion_facts(item, self.full_time)

    def detail(self, item: SuggestionView) -> LiveScreen:
        """The signal it follows from and what came of it."""
        return LineageScreen(item.id)

    def empty(self) -> str:
        """Nothing is suggested."""
        return (
            f"Nothing is suggested: suggestions follow from signals ({key('previous_list')}), "
            f"and none has been raised. {key('back')} goes back to the trends."
        )

    def suggestion_in_hand(self) -> SuggestionView | None:
        """The suggestion under the cursor."""
        return self.current
