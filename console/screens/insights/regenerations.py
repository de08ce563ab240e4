"""Regenerations: what the worker collected because a suggestion was accepted."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.insights.lists import InsightList
from console.screens.insights.regeneration_acts import RegenerationActs
from console.screens.insights.regeneration_detail import RegenerationScreen
from console.screens.lineages import Lineages
from console.screens.live import LiveScreen
from console.snapshots.insights import take_regenerations
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.rows import Column
from console.words.insights import REGENERATIONS, marked, output_state, regeneration_facts
from storage.insights.output_views import RegenerationView


class RegenerationsPlace(RegenerationActs, Lineages, InsightList[RegenerationView]):
    """The newest; the output of each waits for a person."""

    ID = "regenerations"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("state", 12),
        Column("output", 20),
        Column("about"),
        Column("approved by", 20, needs=110),
    )
    NOUN = ("regeneration", "regenerations")

    def take(self, text: str, start: object, size: int) -> Page[RegenerationView]:
        """The newest."""
        return take_regenerations(text)

    def id_of(self, item: RegenerationView) -> str:
        """Its id."""
        return item.id

    def cells(self, item: RegenerationView) -> tuple[Content, ...]:
        """One line."""
        return (
            self.short_time(item.approved_at),
            marked(REGENERATIONS[item.status]),
            output_state(item),
            glyphs.one_line(f"{item.scope}: {item.target}"),
            glyphs.one_line(item.approved_by),
        )

    def facts(self, item: RegenerationView) -> Sequence[Fact]:
        """All of it."""
        return regeneration_facts(item, self.full_time)

    def detail(self, item: RegenerationView) -> LiveScreen:
        """The regeneration with every version of its output."""
        return RegenerationScreen(item.id)

    def empty(self) -> str:
        """Nothing was collected."""
        return (
            f"No regeneration: one comes of a suggestion ({key('previous_list')}) that an officer "
            f"accepts and that asks for something to be collected. {key('back')} goes back to the "
            "trends."
        )

    def regeneration_in_hand(self) -> RegenerationView | None:
        """The regeneration under the cursor."""
        return self.current

    def lineage_of(self) -> str | None:
        """The regeneration under the cursor."""
        return self.current.id if self.current else None
