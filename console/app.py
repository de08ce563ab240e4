"""The app: its places and its keys. Everything else is a screen, a dialog or a verb."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import ClassVar, cast

from textual import events
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome
from textual.screen import Screen

from console.background import Background
from console.commands.command import NO_KEYMAP
from console.drawing import palettes
from console.drawing.ascii_only import AsciiOnly
from console.drawing.harmless import Harmless
from console.drawing.look import Colours, Look, look_for
from console.drawing.sixteen import FewColours
from console.drawing.stylesheet import ParsedOnce
from console.everywhere import Everywhere
from console.keys_aboard import take_up
from console.logs import to_file
from console.preferences import Preferences, read_preferences
from console.providers import CommandProvider
from console.screens.live import LiveScreen
from console.screens.place import Place
from console.screens.smallest import LEAST_HEIGHT, LEAST_WIDTH
from console.session import Session
from console.snapshots.bridge import Bridge
from console.terminal import outliving
from console.worker_offer import WorkerOffer

PROBLEM_S = 30.0
"""How long a preference that cannot be followed is shown."""

PLACES = (
    "watch", "entries", "handover", "jobs", "orders", "insights", "archive", "audit", "system",
)  # fmt: skip


def _place(name: str) -> Screen[None]:
    """The screen of a place; its module is loaded when somebody goes there."""
    module = import_module(f"console.screens.{name}.place")
    return cast(Screen[None], getattr(module, f"{name.capitalize()}Place")())


class EightBellsApp(Everywhere):
    """The console on the store that is open in this process."""

    TITLE = "Eight Bells"
    CSS_PATH: ClassVar = ["app.tcss", "handover.tcss"]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        name: partial(_place, name) for name in PLACES
    }
    DEFAULT_MODE = "watch"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (LEAST_WIDTH, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-slight"), (LEAST_HEIGHT, "-flat"), (14, "-low"), (30, "-tall"),
    ]  # fmt: skip
    COMMANDS: ClassVar = {CommandProvider}
    ENABLE_COMMAND_PALETTE = False  # its keys belong to a command like all the others

    def __init__(
        self,
        home: Path,
        *,
        offers_worker: bool = True,
        look: Look = Look(),  # noqa: B008 - frozen
        preferences: Preferences = Preferences(),  # noqa: B008 - frozen
    ) -> None:
        super().__init__()
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())
        self.home, self.look = home, look
        self.keymap, self._problems = preferences.keys, preferences.problems
        self.background = Background()
        self.session = Session(self)
        self.worker = WorkerOffer(home, enabled=offers_worker)
        self.animation_level = "none"
        self._harmless, self._ascii = Harmless(), AsciiOnly(look.encoding)
        self._forms: dict[str, FewColours] = {}
        self.set_class(look.colours is not Colours.FULL, "-few")
        for palette in palettes.PALETTES:
            self.register_theme(palette)
        self.theme = look.palette
        self.set_keymap(dict(self.keymap))

    def get_driver_class(self) -> type[Driver]:
        """A terminal that vanishes ends the console, it does not hang it."""
        return outliving(super().get_driver_class())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours by meaning, for palettes that do not name them."""
        return palettes.DUSK.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What stands between the palette and a terminal that can do less."""
        filters = [self._harmless, *super().get_line_filters()]
        if self.look.colours is not Colours.FULL:  # Textual's own way without colours is greys
            filters = [filter for filter in filters if not isinstance(filter, Monochrome)]
            filters.append(self._form())
        if self.look.plain_borders:
            filters.append(self._ascii)
        return filters

    def _form(self) -> FewColours:
        if self.theme not in self._forms:
            sixteen = self.look.colours is Colours.SIXTEEN
            self._forms[self.theme] = FewColours(self.current_theme, sixteen=sixteen)
        return self._forms[self.theme]

    def on_load(self) -> None:
        """Before anything is drawn: sentences speak the keys of this console."""
        take_up(self.keymap)

    def on_mount(self) -> None:
        """Begin to read the store, and to notice when nobody or no terminal is there."""
        if not self.is_headless:
            for sign in (signal.SIGHUP, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(sign, self.exit, 0)
        self.background.start()
        self.set_interval(15, self._lock_if_unattended)
        for sentence in self._problems:
            self.notify(sentence, severity="warning", timeout=PROBLEM_S, markup=False)

    def on_unmount(self) -> None:
        """Stop reading."""
        self.background.stop()
        take_up(NO_KEYMAP)

    def first_seen(self, bridge: Bridge) -> None:
        """The store is on the screen for the first time: offer what it lacks.

        Not over a sheet somebody is in already: their next key would answer it.
        """
        if not bridge.worker_alive and isinstance(self.screen, LiveScreen):
            self.run_worker(self.worker.offer(self), group="offer")

    async def on_event(self, event: events.Event) -> None:
        """Every key shows that somebody is there."""
        if isinstance(event, events.Key):
            self.session.key_pressed()
        await super().on_event(event)

    def person_changed(self) -> None:
        """Somebody else is signed in, or nobody: what was said to another is no longer there."""
        for screen in self.screen_stack:
            if isinstance(screen, Place):
                screen.say("")
                screen.draw_person()
                screen.refresh_keys()

    def _lock_if_unattended(self) -> None:
        if self.session.is_unattended():
            self.run_worker(self.session.lock(), group="lock", exclusive=True)


def run(home: Path, *, plain_borders: bool = False) -> int:
    """Run the console on the open store of `home`; the exit code of the program."""
    preferences = read_preferences(home)
    wish = replace(preferences.wish, plain_borders=plain_borders or preferences.wish.plain_borders)
    look = look_for(os.environ, sys.__stderr__.encoding if sys.__stderr__ else "ascii", wish)
    with to_file(home):
        app = EightBellsApp(home, look=look, preferences=preferences)
        gc.freeze()  # what was loaded to begin with is never garbage
        try:
            app.run()
        finally:
            app.worker.let_go()
    return app.return_code or 0
