"""Offering to start a worker when none is running, and letting ours finish when we leave."""

import asyncio
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from console.worker_process import running
from storage.errors import EightBellsError
from storage.jobs.liveness import any_worker_alive

if TYPE_CHECKING:
    from console.app import EightBellsApp

QUESTION = (
    "No worker is running, so nothing would be drafted or exported. "
    "Start one here? It ends with the console."
)


class WorkerOffer:
    """The worker this console started, if it did."""

    def __init__(self, home: Path, *, enabled: bool) -> None:
        self._home, self._enabled = home, enabled
        self._ours = ExitStack()

    async def offer(self, app: "EightBellsApp") -> None:
        """At start, when no worker runs: ask once."""
        from console.screens.asking import Confirm  # late: the Watch comes first

        if not self._enabled:
            return
        sheet = Confirm("No worker", QUESTION, yes="start one", no="not now")
        if await app.push_screen_wait(sheet):
            try:
                app.state(await self.start(), "done")
            except EightBellsError as error:
                app.state(str(error), "error")

    async def start(self) -> str:
        """Start a worker that belongs to this console; the sentence that says what happened.

        Raises:
            Failed: it ended at once, with its own last words.
        """
        if await asyncio.to_thread(any_worker_alive):
            return "A worker is running already."
        await asyncio.to_thread(self._ours.enter_context, running(self._home))
        return "A worker is running; it ends with the console."

    def let_go(self) -> None:
        """Let our worker end the job in hand, and wait for it."""
        self._ours.close()
