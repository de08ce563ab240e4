"""The two lines at the top of every place: whose ship, what time, which place, which watch."""

from collections.abc import Callable, Mapping

from textual.content import Content
from textual.widgets import Static

from console.commands.places import PLACES
from console.snapshots.bridge import Bridge
from storage.people.views import CrewMember
from storage.taxonomy.roles import ROLE_LABELS
from storage.text import visible

NAME = "EIGHT BELLS"


class BridgeLine(Static):
    """Vessel on the left, time in the middle, person on the right; the time is never cut."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._bridge: Bridge | None = None
        self._person: CrewMember | None = None

    def show(self, bridge: Bridge | None, person: CrewMember | None) -> None:
        """Draw these facts."""
        self._bridge, self._person = bridge, person
        self.refresh()

    def render(self) -> Content:
        """One line as wide as the screen."""
        room = self.size.width
        time, who = self._time(room), self._who()
        left = self._ship(room - len(time) - min(len(who), 24) - 4)
        who = who[: max(0, room - left.cell_length - len(time) - 3)]
        gap = max(1, room - left.cell_length - len(time) - len(who) - 2)
        return Content.assemble(
            left, " ", " " * (gap // 2), (time, "bold"), " " * (gap - gap // 2), " ", who
        )

    def _ship(self, room: int) -> Content:
        vessel = self._bridge.vessel if self._bridge else None
        name = visible(vessel.name) if vessel else ""
        imo = f" · IMO {vessel.imo}" if vessel and vessel.imo else ""
        for text in (f"{NAME} · {name}{imo}", f"{NAME} · {name}", name):
            if name and len(text) <= room:
                return Content(text).stylize("bold")
        return Content((name or NAME)[: max(room, 0)]).stylize("bold")

    def _time(self, room: int) -> str:
        if self._bridge is None:
            return ""
        both = self._bridge.times(self._bridge.at)
        return both if room >= 100 else both.partition(" ")[2]

    def _who(self) -> str:
        if self._person is None:
            return "nobody signed in"
        return f"{ROLE_LABELS[self._person.role]} {visible(self._person.name)}"


class PlacesLine(Static):
    """The places with their number keys, the one in front marked; the watch on the right.

    In little room the names stand closer, then the watch goes, then the space behind each number;
    only on a very narrow screen the numbers alone are left.
    """

    def __init__(self, place: str, keymap: Mapping[str, str]) -> None:
        super().__init__(markup=False)
        self._place = place
        self._tabs = [(command.key_label(keymap), command.name) for command in PLACES]
        self._watch = ""

    def show(self, bridge: Bridge) -> None:
        """Draw the watch of this moment."""
        watch = bridge.vessel.watch if bridge.vessel else ""
        if watch != self._watch:
            self._watch = watch
            self.refresh()

    def render(self) -> Content:
        """One line as wide as the screen."""
        tabs = Content("")
        for tab, words in FORMS:
            said = words.format(self._watch) if self._watch else ""
            tabs = Content(" ").join(self._tab(tab, key, name) for key, name in self._tabs)
            gap = self.content_size.width - tabs.cell_length - len(said)
            if gap >= bool(said):
                return Content.assemble(tabs, " " * gap, said)
        return tabs

    def _tab(self, tab: Callable[[str, str], str], key: str, name: str) -> Content:
        if name.lower() == self._place:
            return Content.assemble((f"[{key} {name}]", "$place-here"))
        return Content(tab(key, name))


def _roomy(key: str, name: str) -> str:
    return f" {key} {name} "


def _close(key: str, name: str) -> str:
    return f"{key} {name}"


def _glued(key: str, name: str) -> str:
    return f"{key}{name}"


def _number(key: str, name: str) -> str:
    return key


FORMS = (
    (_roomy, "watch {}"), (_close, "watch {}"), (_close, "{}"), (_close, ""),
    (_glued, "{}"), (_glued, ""), (_number, "{}"),
)  # fmt: skip
"""How a tab is written and what is said of the watch, the roomiest first."""
