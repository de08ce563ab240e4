"""The commands that mean the same on every screen, and what they say."""

from collections.abc import Mapping
from functools import partialmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from console.drawing import palettes
from console.local_drafts import LocalDraft, kept_at_last
from console.providers import QuietPalette
from console.screens.live import LiveScreen
from console.session import Session
from console.worker_offer import WorkerOffer
from storage.people.views import CrewMember

if TYPE_CHECKING:
    from console.screens.listing import ListPlace
    from console.screens.side_lists import SideLists


class Everywhere(App[int]):
    """An app with a session, keys, a worker it may have started, and the folder of its store."""

    session: Session
    worker: WorkerOffer
    home: Path
    keymap: Mapping[str, str]
    """The keys that commands have here instead of their own, by command id."""

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

    def state(self, sentence: str, severity: str = "information") -> None:
        """Say one sentence on the place in front."""
        for screen in self.screen_stack:
            if isinstance(screen, LiveScreen):
                screen.say(sentence, severity)

    async def look_at(self, place: str, text: str, order: str = "") -> None:
        """Go to a list with this filter, in this order if one is named."""
        await self._to_the_list_of(place)
        cast("ListPlace[Any]", self.screen).look_for(text, order)

    async def _to_the_list_of(self, place: str) -> None:
        """The place itself, whatever was open above it."""
        await self.switch_mode(place)
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def _go(self, place: str) -> None:
        self.switch_mode(place)

    do_go_watch = partialmethod(_go, "watch")
    do_go_entries = partialmethod(_go, "entries")
    do_go_handover = partialmethod(_go, "handover")
    do_go_jobs = partialmethod(_go, "jobs")
    do_go_orders = partialmethod(_go, "orders")
    do_go_insights = partialmethod(_go, "insights")
    do_go_archive = partialmethod(_go, "archive")
    do_go_audit = partialmethod(_go, "audit")
    do_go_system = partialmethod(_go, "system")

    def do_go_crew(self) -> None:
        """U: the crew, beside the System; carried out by the app, for the screen in front goes."""
        self.run_worker(self._open_crew(), group="places")

    async def _open_crew(self) -> None:
        await self._to_the_list_of("system")
        cast("SideLists", self.screen).open_list("crew")

    def do_help(self) -> None:
        """?: the keys of the screen in front."""
        from console.screens.help import HelpSheet  # late, like every sheet: the Watch comes first

        screen = cast(LiveScreen, self.screen)
        commands = screen.commands()
        reasons = {command.id(): screen.why_not(command.id()) for command in commands}
        self.push_screen(HelpSheet(commands, reasons, screen.FIELDS, self.keymap))

    def do_palette(self) -> None:
        """`:` any command by name."""
        self.push_screen(QuietPalette())

    async def do_new_entry(self) -> None:
        """n: write something down."""
        from console.screens.entries.capture import CaptureSheet

        person = await self.require_person("to capture an entry")
        words, tied = LocalDraft(self.home, "capture"), LocalDraft(self.home, "capture-evidence")
        if await self.push_screen_wait(CaptureSheet(person, words, tied)):
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
        self.run_worker(self.do_quit(), group="places")

    async def do_quit(self) -> None:
        """q: leave; nothing is lost, and nothing is asked unless the disk would make it so."""
        if kept_at_last() or await self._leaves_words_behind():
            self.exit(0)

    async def _leaves_words_behind(self) -> bool:
        from console.screens.asking import Confirm

        said = "The disk refuses what is half-written; it is lost if the console is left now."
        question = Confirm("Leave?", said, yes="leave", no="stay")
        return await self.push_screen_wait(question) is True
