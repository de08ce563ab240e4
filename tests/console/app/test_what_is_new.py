"""The Watch tells each person what is new to them, and leads there."""

from pathlib import Path

from console.snapshots.places import take_watch
from storage.entries.actions import resolve
from storage.taxonomy.risks import RiskTag
from tests.builders import (
    a_draft,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    an_entry,
)
from tests.clock import ShipClock
from tests.console.app.jobs import a_failed_job, a_worker
from tests.console.app.terminal import LARGE, a_terminal
from tests.contents import SAFETY, a_command_item, an_item, contents


async def test_a_store_without_an_entry_does_not_count_since_the_first(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.sees("nothing captured yet; n captures an entry")
        assert "since the first entry" not in terminal.flat


def test_a_risk_that_command_is_told_of_is_counted_once(store: Path) -> None:
    leak = an_item(an_entry("Port bilge pump leaks."), domain="ENG-05", risk_tags=SAFETY)
    a_draft(contents(a_command_item(leak), leak))
    assert take_watch(None).risks == ((RiskTag.SAFETY_CRITICAL, 1),)


async def test_it_counts_since_this_person_signed_and_opens_what_is_counted(
    store: Path, clock: ShipClock
) -> None:
    old = an_entry("Port bilge pump leaks.")
    a_signed_handover(contents(a_simple_item()))
    clock.advance(hours=8)
    an_entry("Windlass brake slips.")
    resolve(a_second_officer().actor, old.id, reason="Seal replaced.")
    with a_worker():
        a_failed_job()
    async with a_terminal(store, a_third_officer(), LARGE) as terminal:
        await terminal.sees("1 entry new, 1 entry settled or suppressed, 1 job failed",
                            "since you signed EB-00001")  # fmt: skip
        await terminal.press("s")
        await terminal.sees("What is new", "1 entry new")
        await terminal.press("enter")
        await terminal.sees("[2 Entries]", "1 entry found", "Windlass brake slips.")
        await terminal.press("escape")
        await terminal.sees("3 entries")


async def test_with_nothing_new_it_says_so(store: Path, clock: ShipClock) -> None:
    a_signed_handover(contents(a_simple_item()))
    clock.advance(hours=8)
    async with a_terminal(store, a_third_officer()) as terminal:
        await terminal.sees("nothing since you signed EB-00001")
        await terminal.press("s")
        await terminal.says("Nothing is new since you were last here.")
