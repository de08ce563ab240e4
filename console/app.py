"""The app: its places and its keys. Everything else is a screen, a dialog or a verb."""

from collections.abc import Callable
from functools import partial, partialmethod
from importlib import import_module
from pathlib import Path
from typing import ClassVar, cast

from textual import events
from textual.app import App
from textual.screen import Screen

from console import palettes
from console.background import Background
from console.local_drafts import LocalDraft
from console.logs import to_file
from console.providers import CommandProvider, QuietPalette
from console.screens.capture import CaptureSheet
from console.screens.help import HelpSheet
from console.screens.live import LiveScreen
from console.screens.place import Place
from console.session import Session
from console.worker_offer import WorkerOffer
from storage.people.views import CrewMember

PLACES = ("watch", "entries", "handover", "jobs", "archive", "audit")


def _place(name: str) -> Screen[None]:
    """The screen of a place; its module is loaded when somebody goes there."""
    module = import_module(f"console.screens.{name}")
    return cast(Screen[None], getattr(module, f"{name.capitalize()}Place")())


class EightBellsApp(App[int]):
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

    @property
    def person(self) -> CrewMember | None:
        """Who is signed in."""
        return self.session.person

    async def require_person(self, what: str) -> CrewMember:
        """Who does this (`to …`); asks for a sign-in when nobody is signed in.

        Raises:
            Dismissed: nobody wanted to; the command ends quietly.
        """
        return await self.session.require_person(what)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours by meaning, for palettes that do not name them."""
        return palettes.DUSK.variables

    def on_mount(self) -> None:
        """Begin to read the store, and to notice when nobody is there."""
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
        """Somebody else is signed in, or nobody: the place in front says so."""
        for screen in self.screen_stack:
            if isinstance(screen, Place):
                screen.draw_person()
                screen.refresh_keys()

    def state(self, sentence: str, severity: str = "information") -> None:
        """Say one sentence on the place in front."""
        for screen in self.screen_stack:
            if isinstance(screen, LiveScreen):
                screen.say(sentence, severity)

    def _lock_if_unattended(self) -> None:
        if self.session.is_unattended():
            self.run_worker(self.session.lock(), group="lock", exclusive=True)

    # Commands that mean the same on every screen

    def _go(self, place: str) -> None:
        self.switch_mode(place)

    do_go_watch = partialmethod(_go, "watch")
    do_go_entries = partialmethod(_go, "entries")
    do_go_handover = partialmethod(_go, "handover")
    do_go_jobs = partialmethod(_go, "jobs")
    do_go_archive = partialmethod(_go, "archive")
    do_go_audit = partialmethod(_go, "audit")

    def do_help(self) -> None:
        """?: the keys of the screen in front."""
        screen = cast(LiveScreen, self.screen)
        commands = screen.commands()
        reasons = {command.id(): screen.why_not(command.id()) for command in commands}
        self.push_screen(HelpSheet(commands, reasons))

    def do_palette(self) -> None:
        """`:` any command by name."""
        self.push_screen(QuietPalette())

    async def do_new_entry(self) -> None:
        """n: write something down."""
        person = await self.require_person("to capture an entry")
        if await self.push_screen_wait(CaptureSheet(person, self.half_written)):
            self.state("Entry saved.", "done")

    async def do_sign_in_as(self) -> None:
        """i: say who you are."""
        await self.session.sign_in("Who has the console?")

    async def do_lock(self) -> None:
        """L: cover the screen."""
        await self.session.lock()

    def do_colours(self) -> None:
        """T: the next palette."""
        self.theme = palettes.after(self.theme)

    async def do_start_worker(self) -> None:
        """W: start a worker that ends with the console."""
        self.state(await self.worker.start())

    def action_help_quit(self) -> None:
        """ctrl+c with nothing selected: leave as well."""
        self.do_quit()

    def do_quit(self) -> None:
        """q: leave; nothing is asked and nothing is lost."""
        self.exit(0)


def run(home: Path) -> int:
    """Run the console on the open store of `home`; the exit code of the program."""
    with to_file(home):
        app = EightBellsApp(home)
        app.run()
        app.worker.let_go()
    return app.return_code or 0
