"""The palette: every command by a part of its name or sentence."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from textual.command import CommandInput, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.css.query import NoMatches

from console.commands.command import Command
from console.saved_views import Views
from console.screens.live import LiveScreen


class QuietPalette(CommandPalette):
    """The palette with a cursor that does not blink."""

    def on_mount(self) -> None:
        """Hold the cursor still."""
        self.query_one(CommandInput).cursor_blink = False

    def _watch__list_visible(self) -> None:
        """A search may still end when the palette is closed already, and has nothing to draw on."""
        with suppress(NoMatches):
            super()._watch__list_visible()


class CommandProvider(Provider):
    """The commands of the screen in front; what cannot be done now says why."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command, words in self._commands():
            yield DiscoveryHit(command.name, self._run(command), help=words)
        for name, words, go in self._views():
            yield DiscoveryHit(name, go, help=words)

    async def search(self, query: str) -> Hits:
        """Those whose name or sentence fits."""
        matcher = self.matcher(query)
        for command, words in self._commands():
            score = max(matcher.match(command.name), matcher.match(words) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(command.name), self._run(command), help=words)
        for name, words, go in self._views():
            score = max(matcher.match(name), matcher.match(words) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(name), go, help=words)

    def _commands(self) -> Iterator[tuple[type[Command], str]]:
        screen = self.screen
        if isinstance(screen, LiveScreen):
            for command in screen.commands():
                reason = screen.why_not(command.id())
                words = f"{command.key_label(screen.console.keymap)}  {command.sentence()}"
                yield command, f"{words} (not now: {reason})" if reason else words

    def _views(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        """The views of whoever is signed in: name, words, and the way there."""
        screen = self.screen
        if isinstance(screen, LiveScreen) and screen.person is not None:
            for view in Views(screen.console.home, screen.person.id).all():
                go = partial(screen.console.look_at, view.place, view.filter, view.order)
                yield f"view: {view.name}", f"{view.place}: {view.filter}, {view.order}", go

    def _run(self, command: type[Command]) -> partial[None]:
        assert isinstance(self.screen, LiveScreen)
        return partial(self.screen.action_do, command.id())
