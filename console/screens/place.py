"""A place: one of the screens behind the number keys."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from console.screens.live import LiveScreen
from console.snapshots.bridge import Bridge
from console.widgets.bridge import BridgeLine, PlacesLine
from console.widgets.keys import KeyLine
from console.widgets.status import StatusLine


class Place(LiveScreen):
    """Two lines of bridge above, two lines of status and keys below, `body` between them.

    `ID` is the name of its mode; a screen opened from a place names that one in `TAB`. Give
    `BINDINGS = keys_of(ID)`.
    """

    TAB: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        yield BridgeLine()
        yield PlacesLine(self.TAB or self.ID, self.console.keymap)
        yield from self.body()
        yield StatusLine()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        """What the place itself shows."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw what is known before the store has answered."""
        self.draw_person()
        self.refresh_keys()

    def show_bridge(self, bridge: Bridge) -> None:
        """Draw vessel, time, watch and person."""
        super().show_bridge(bridge)
        self.query_one(BridgeLine).show(bridge, self.person)
        self.query_one(PlacesLine).show(bridge)

    def draw_person(self) -> None:
        """Draw who is signed in."""
        self.query_one(BridgeLine).show(self.bridge, self.person)

    def on_screen_resume(self) -> None:
        """In front again."""
        self.draw_person()
        self.refresh_keys()
