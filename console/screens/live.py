"""A screen that shows the store as it changes and carries out commands."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast

from textual.screen import Screen
from textual.worker import Worker, WorkerState

from console.commands.command import Command
from console.commands.table import commands_for
from console.keys_aboard import key
from console.local_drafts import HalfWritten, LocalDraft
from console.messages import StoreRead, StoreUnreadable
from console.screens.dialog import Dialog, Dismissed
from console.screens.smallest import Smallest
from console.snapshots.bridge import Bridge
from console.widgets.keys import KeyLine
from console.widgets.progress import JobProgressPanel
from console.widgets.status import StatusLine
from storage.errors import EightBellsError
from storage.jobs.record import Submitted
from storage.matching import Fields
from storage.people.views import CrewMember

if TYPE_CHECKING:
    from console.app import EightBellsApp

P = ParamSpec("P")
T = TypeVar("T")


class LiveScreen(Smallest, Screen[None]):
    """The base of places and of the details opened from them.

    A subclass gives `question` (what to ask the store) and `show` (draw the answer), and one
    `action_<id>` for each of its commands, with `why_not_<id>` where it may be out of place.
    Refreshing never re-creates a widget, and holds still while a dialog, a selection or a pause
    is on (CONSOLE rule 4).
    """

    ID: ClassVar[str] = ""
    FIELDS: ClassVar[Fields] = {}
    """What a filter here may name, if there is one; `?` tells of it."""
    bridge: Bridge | None = None
    paused = False
    _held: StoreRead | None = None
    _has_shown = False
    _shown: Any = None
    _cut_off = ""

    def __init__(self) -> None:
        super().__init__()
        self._doing: set[str] = set()
        """The commands that are being carried out beside the keys."""
        self._half_written = HalfWritten()

    @property
    def console(self) -> "EightBellsApp":
        """The running app."""
        return cast("EightBellsApp", self.app)

    @property
    def person(self) -> CrewMember | None:
        """Who is signed in."""
        return self.console.session.person

    # What a screen tells its base

    def question(self) -> Callable[[], Any]:
        """The question to the store whose answer this screen shows; runs in another thread."""
        raise NotImplementedError

    def show(self, answer: Any) -> None:
        """Draw an answer, changing only what is different."""
        raise NotImplementedError

    def news_in(self, answer: Any) -> int:
        """How many things an answer holds that are not on the screen yet."""
        return int(answer != self._shown)

    def is_selecting(self) -> bool:
        """Whether the person has marked something that must not move."""
        return False

    # Reading

    def ask_again(self) -> None:
        """The question has changed (another filter, another page): ask the new one."""
        self.console.background.ask(self, self.question())

    def on_screen_resume(self) -> None:
        """In front again: catch up with what happened meanwhile."""
        self._release()
        self.ask_again()

    def on_screen_suspend(self) -> None:
        """Something else is in front: what was said last is old when this comes back."""
        self._status().past()

    def on_store_read(self, message: StoreRead) -> None:
        """Show a picture of the store, or hold it back while the person is busy."""
        message.stop()
        if self._cut_off and self._status().sentence == self._cut_off:
            self.say("The store can be read again.", "done")
        self._cut_off = ""
        self.bridge = message.bridge
        self.console.session.hear(message.bridge)
        self._forget_what_has_ended()
        self.show_bridge(message.bridge)
        busy = self.paused or self.is_selecting() or self.console.screen is not self
        if busy and self._has_shown:
            self._hold(message)
        else:
            self._held, self._has_shown = None, True
            self._status().news(0, paused=False)
            self._show_anew(message.answer)

    def on_store_unreadable(self, message: StoreUnreadable) -> None:
        """Say why the store did not answer; what is shown stays."""
        message.stop()
        self.say(message.sentence, "error")
        self._cut_off = self._status().sentence

    def _forget_what_has_ended(self) -> None:
        """What was requested is done: the sentence that it was is past."""
        job_id = self._status().job_id
        if job_id and not self.console.session.awaits(job_id):
            self._status().past()

    def show_bridge(self, bridge: Bridge) -> None:
        """Draw what every screen shows."""
        for panel in self.query(JobProgressPanel):
            panel.show(bridge)

    def _hold(self, message: StoreRead) -> None:
        self._held = message
        self._status().news(self.news_in(message.answer), paused=self.paused)

    def _release(self) -> None:
        if self._held is None or self.paused or self.is_selecting():
            return
        held, self._held = self._held, None
        self._status().news(0, paused=False)
        self._show_anew(held.answer)

    def _show_anew(self, answer: Any) -> None:
        self._shown = answer
        self.show(answer)

    # Commands

    def why_not(self, command_id: str) -> str | None:
        """The sentence that says why a command cannot be done now (CONSOLE rule 5)."""
        ask = getattr(self, f"why_not_{command_id}", None)
        return ask() if ask else None

    def names_now(self) -> Mapping[str, str]:
        """What commands that go both ways are called as things stand, by their ids."""
        return {}

    def commands(self) -> list[type[Command]]:
        """The commands that exist here and are carried out here or by the app."""
        return [
            command
            for command in commands_for(self.ID)
            if hasattr(self, f"action_{command.id()}") or hasattr(self.app, f"do_{command.id()}")
        ]

    def action_do(self, command_id: str) -> None:
        """Carry out a command, or say why not."""
        if command_id in self._doing:
            return  # a key pressed twice, or held down: once is meant
        refusal = self.why_not(command_id)
        if refusal:
            self.refuse(command_id, refusal)
            return
        own = getattr(self, f"action_{command_id}", None)
        work = own or getattr(self.app, f"do_{command_id}", None)
        if work is not None:
            self._begin(work, command_id)

    def refuse(self, command_id: str, refusal: str) -> None:
        """Say why a command that was pressed is not carried out."""
        self.say(refusal, "warning")

    def _begin(self, work: Callable[[], Any], command_id: str = "") -> None:
        """What is done at once is done before the next key; the rest goes on beside the keys."""
        try:
            result = work()
        except EightBellsError as error:
            self.say(str(error), "error")
            return
        if asyncio.iscoroutine(result):
            self._doing.add(command_id)
            doing = self._carry_out(result, command_id)
            self.run_worker(doing, group="commands", exit_on_error=False)

    async def _carry_out(self, work: Coroutine[Any, Any, Any], command_id: str) -> None:
        try:
            await work
        except Dismissed:
            return
        except EightBellsError as error:
            self.say(str(error), "error")
        else:
            self._half_written.done(command_id)
        finally:
            self._half_written.leave(command_id)
            self._doing.discard(command_id)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A command that failed in a way nobody foresaw is a defect: show it as one."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            raise event.worker.error

    # What commands use

    async def call(self, verb: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Run a verb or a slow question in a thread, so that keys are answered meanwhile.

        Raises:
            EightBellsError: whatever the verb raises; as a command it ends in one sentence.
        """
        self._status().working(True)
        try:
            return await asyncio.to_thread(partial(verb, *given, **named))
        finally:
            self._status().working(False)

    async def ask(self, dialog: Dialog[T]) -> T:
        """The answer of a dialog.

        Raises:
            Dismissed: the person left it without one; the command ends.
        """
        answer = await self.app.push_screen_wait(dialog)
        if answer is None:
            raise Dismissed
        return answer

    def half_written(self, command_id: str, about: str) -> LocalDraft:
        """Where a command's words about one thing stay until it is done (CONSOLE rule 15)."""
        return self._half_written.of(self.console.home, command_id, about)

    async def require_person(self, what: str) -> CrewMember:
        """Who does this; asks for a sign-in first when nobody is signed in.

        Raises:
            Dismissed: nobody wanted to.
        """
        return await self.console.session.require_person(what)

    def say(self, sentence: str, severity: str = "information") -> None:
        """One sentence on the status line (`information`, `warning` or `error`)."""
        self._status().say(sentence, severity)

    def requested(
        self, job: Submitted, then: str = "the worker does it", besides: str = ""
    ) -> None:
        """Say that a job was asked for, until it has ended, and let the person be told how it ends
        (CONSOLE rule 7)."""
        self.console.session.follow(job)
        asked = "Requested" if job.created else "Requested already"
        severity = "information" if self._has_worker() else "warning"
        self._status().say(f"{asked}; {self.unless_it_waits(then)}{besides}.", severity, job.job_id)
        self.ask_again()

    def unless_it_waits(self, then: str = "the worker does it") -> str:
        """`then`, or that nobody is there to do it."""
        waits = f"it waits: no worker is running, {key('start_worker')} starts one"
        return then if self._has_worker() else waits

    def _has_worker(self) -> bool:
        return self.bridge is None or self.bridge.worker_alive

    def _status(self) -> StatusLine:
        return self.query_one(StatusLine)

    # Commands every screen has

    def action_refresh(self) -> None:
        """F5."""
        self._release()
        self.ask_again()

    def action_pause(self) -> None:
        """p: hold the display still, or let it go."""
        self.paused = not self.paused
        self._status().news(0, paused=self.paused)
        if not self.paused:
            self._release()

    def refresh_keys(self) -> None:
        """What is possible has changed: draw the line of keys again."""
        shown = [command for command in self.commands() if command.footer]
        reasons = {command.id(): self.why_not(command.id()) for command in shown}
        self.query_one(KeyLine).show(shown, reasons, self.names_now(), self.console.keymap)
