"""Who is signed in, what they wait for, and when an unattended console locks itself."""

import asyncio
import time
from typing import TYPE_CHECKING

from console.keys_aboard import key
from console.screens.dialog import Dismissed
from console.snapshots.bridge import Bridge
from console.toasts import toasts_between
from storage.errors import Refused
from storage.jobs.record import Submitted
from storage.people.views import CrewMember, list_crew

if TYPE_CHECKING:
    from console.app import EightBellsApp

IDLE_LOCK_S = 600.0
"""Ten minutes without a key lock a console somebody is signed in to (CONSOLE rule 13)."""


class Session:
    """One person's turn at the console."""

    def __init__(self, app: "EightBellsApp") -> None:
        self._app = app
        self.person: CrewMember | None = None
        self._last_here = ""
        self._last_key_at = time.monotonic()
        self._bridge: Bridge | None = None
        self._awaited: set[str] = set()

    async def require_person(self, what: str) -> CrewMember:
        """The person signed in, asking for a sign-in `to …` first when nobody is.

        Raises:
            Dismissed: nobody signed in. Refused: there is no crew yet.
        """
        return self.person or await self.sign_in(f"Sign in {what}.")

    async def sign_in(self, sentence: str) -> CrewMember:
        """Ask who is there.

        Raises:
            Dismissed: nobody said. Refused: there is no crew yet.
        """
        from console.screens.sign_in import SignIn  # late: reading needs nobody's name

        crew = await asyncio.to_thread(list_crew)
        if not crew:
            adds = f"{key('go_crew')}, then {key('add_crew')} adds the first"
            raise Refused(why=f"There is no crew yet: {adds}.")
        person: CrewMember | None = await self._app.push_screen_wait(SignIn(crew, sentence))
        if person is None:
            raise Dismissed
        self._enter(person)
        return person

    async def lock(self) -> None:
        """Cover the screen and sign everybody out until a PIN opens it."""
        from console.screens.sign_in import Locked

        crew = await asyncio.to_thread(list_crew)
        if not crew or isinstance(self._app.screen, Locked):
            return
        self.person = None
        person = await self._app.push_screen_wait(
            Locked(
                crew,
                "Locked. Nothing is lost; what was being written is still there.",
                self._last_here,
            )
        )
        if person is not None:
            self._enter(person)

    def sign_out(self) -> None:
        """Nobody is at the console any more."""
        self.person = None
        self._app.person_changed()

    def key_pressed(self) -> None:
        """Somebody is there."""
        self._last_key_at = time.monotonic()

    def is_unattended(self) -> bool:
        """Whether a signed-in console has been left alone for too long."""
        return bool(self.person) and time.monotonic() - self._last_key_at > IDLE_LOCK_S

    def follow(self, job: Submitted) -> None:
        """Tell this person when the job starts and how it ends."""
        self._awaited.add(job.job_id)
        self._app.background.follow(job.job_id)

    def awaits(self, job_id: str) -> bool:
        """Whether a job that is followed has not been heard to end."""
        return job_id in self._awaited

    def hear(self, bridge: Bridge) -> None:
        """Say what became of the jobs this person waits for, once each."""
        before, self._bridge = self._bridge, bridge
        if before is None:
            self._app.call_after_refresh(self._app.first_seen, bridge)
        for toast in toasts_between(before, bridge):
            self._app.notify(
                toast.sentence, severity=toast.severity, timeout=toast.seconds, markup=False
            )
            if toast.is_last:
                self._awaited.discard(toast.job_id)
                self._app.background.forget(toast.job_id)

    def _enter(self, person: CrewMember) -> None:
        self.person, self._last_here = person, person.id
        self.key_pressed()
        self._app.person_changed()
