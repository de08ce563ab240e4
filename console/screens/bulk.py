"""Acting on many rows: "these n" and "all that match" are two scopes, and each is asked about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from textual.widget import Widget
from textual.widgets import Input

from console.keys_aboard import legend
from console.screens.asking import Confirm
from console.screens.dialog import Dialog
from console.screens.live import LiveScreen
from console.widgets.fields import QuietInput
from storage.audit.in_bulk import Tally

LARGE = 20
"""From so many on the number is typed, because `y` is pressed too easily (CONSOLE rule 3)."""


@dataclass(frozen=True)
class Scope:
    """The rows an act is about: the query the store gets, how many were shown, and its words."""

    query: Any
    shown: int
    words: str
    everything: bool = False


class TypeTheNumber(Dialog[bool]):
    """Whether to do something to very many; nothing happens unless their number is typed."""

    def __init__(self, title: str, sentence: str, number: int) -> None:
        super().__init__(
            title, sentence, keys=legend(("enter", "done"), ("escape", "leave as it is"))
        )
        self._number = number

    def body(self) -> Iterable[Widget]:
        """Where the number is written."""
        yield QuietInput(placeholder=f"type {self._number} to go on")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: only the number itself will do."""
        if event.value.strip().replace(",", "") == str(self._number):
            self.dismiss(True)
        else:
            self.complain(f"That is not the number. {self._number} would be changed.")


class BulkActs(LiveScreen):
    """What a list does with a scope; on a detail there is none."""

    def scope(self) -> Scope | None:
        """More than the one row under the cursor, if more is chosen."""
        return None

    def acted(self) -> None:
        """Something was done to the rows."""
        self.ask_again()

    async def confirm(self, title: str, sentence: str, scope: Scope, *, yes: str) -> None:
        """Ask, the more carefully the more rows it is about.

        Raises:
            Dismissed: no.
        """
        said = f"{scope.words} {sentence}"
        if scope.shown < LARGE:
            await self.ask(Confirm(f"{title}?", said, yes=yes))
        else:
            await self.ask(TypeTheNumber(f"{title}?", said, scope.shown))

    async def do_to_all(
        self, verb: Callable[..., Tally], actor: Any, scope: Scope, done: str, **named: Any
    ) -> None:
        """Give the store the same query and the number that was shown; say what came of it."""
        try:
            tally = await self.call(verb, actor, scope.query, scope.shown, **named)
        finally:
            self.acted()
        if tally.refused:
            self.say(f"{tally.done:,} {done}, {tally.refused:,} refused: {tally.why}", "warning")
        else:
            self.say(f"{tally.done:,} {done}.", "done")
