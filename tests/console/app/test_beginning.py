"""The first moments at the console: who is there, and what is offered."""

from pathlib import Path

from console.snapshots.bridge import take_bridge
from tests.builders import a_draft, a_second_officer, pin_of
from tests.console.app.terminal import a_terminal


async def test_the_watch_is_asked_again_for_whoever_signs_in(store: Path) -> None:
    a_draft()
    officer = a_second_officer()
    async with a_terminal(store) as terminal:
        await terminal.sees("section", "left")
        assert "read by you" not in terminal.text
        await terminal.press("i")
        await terminal.sees("PIN of Anna Lindqvist")
        await terminal.press("down")
        await terminal.sees(f"PIN of {officer.name}")
        await terminal.type(pin_of(officer))
        await terminal.press("enter")
        await terminal.sees("read by you")


async def test_the_offer_of_a_worker_does_not_come_over_a_sheet(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.press("question_mark")
        await terminal.sees("Keys that work here")
        asked: list[object] = []
        terminal.app.worker.offer = asked.append  # type: ignore[method-assign, assignment]
        terminal.app.first_seen(take_bridge(frozenset()))
        assert not asked
