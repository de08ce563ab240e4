"""The app: its places and its keys. Everything else is a screen, a dialog or a verb."""

import asyncio
import signal
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import ClassVar, cast

from textual import events
from textual.screen import Screen

from console import palettes
from console.background import Background
from console.everywhere import Everywhere
from console.local_drafts import LocalDraft
from console.logs import to_file
from console.providers import CommandProvider
from console.screens.place import Place
from console.session import Session
from console.worker_offer import WorkerOffer

PLACES = ("watch", "entries", "handover", "jobs", "archive", "audit", "system")


def _place(name: str) -> Screen[None]:
    """The screen of a place; its module is loaded when somebody goes there."""
    module = import_module(f"console.screens.{name}")
    return cast(Screen[None], getattr(module, f"{name.capitalize()}Place")())


class EightBellsApp(Everywhere):
    """The console on the store that is open in this process."""

    TITLE = "Eight Bells"
    CSS_PATH: ClassVar = ["app.tcss", "handover.tcss"]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        name: partial(_place, name) for name in PLACES
    }
    DEFAULT_MODE = "watch"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (14, "-low"), (30, "-tall")]  # noqa: RUF012
    COMMANDS: ClassVar = {CommandProvider}
    ENABLE_COMMAND_PALETTE = False  # its keys belong to a command like all the others

    def __init__(self, home: Path, *, offers_worker: bool = True) -> None:
        super().__init__()
        self.home = home
        self.background = Background()
        self.session = Session(self)
        self.half_written = LocalDraft(home, "capture")
        self.worker = WorkerOffer(home, enabled=offers_worker)
        self.animation_level = "none"
        for palette in palettes.PALETTES:
            self.register_theme(palette)
        self.theme = palettes.PALETTES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours by meaning, for palettes that do not name them."""
        return palettes.DUSK.variables

    def on_mount(self) -> None:
        """Begin to read the store, and to notice when nobody or no terminal is there."""
        if not self.is_headless:
            for sign in (signal.SIGHUP, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(sign, self.exit, 0)
        self.background.start()
        self.set_interval(15, self._lock_if_unattended)
        self.run_worker(self.worker.offer(self), group="offer")

    def on_unmount(self) -> None:
        """Stop reading."""
        self.background.stop()

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


def run(home: Path) -> int:
    """Run the console on the open store of `home`; the exit code of the program."""
    with to_file(home):
        app = EightBellsApp(home)
        try:
            app.run()
        finally:
            app.worker.let_go()
    return app.return_code or 0
