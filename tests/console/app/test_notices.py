"""Whose handover was sent back sees it at the Watch until they have opened it (DOMAIN §6)."""

from pathlib import Path

from storage.handovers.notices import unseen_notices
from storage.handovers.signing import decline
from tests.builders import (
    a_captain,
    a_second_officer,
    a_simple_item,
    a_third_officer,
    an_accepted_draft,
)
from tests.console.app.terminal import a_terminal
from tests.contents import contents

WHY = "Item 1 is unclear."


def a_declined_draft() -> str:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    decline(a_third_officer().actor, draft_id, reason=WHY)
    return draft_id


async def test_the_watch_tells_the_officer_until_the_handover_is_opened(store: Path) -> None:
    a_declined_draft()
    officer = a_second_officer()
    line = f"handover declined by {a_third_officer().name}"
    async with a_terminal(store, officer) as terminal:
        await terminal.sees(line)
        await terminal.goes_to("3", "Sent back to review", WHY)
        assert unseen_notices(officer.id)
        await terminal.press("escape")
        await terminal.until(lambda: not unseen_notices(officer.id), "seen")
        await terminal.goes_to("1", "Needs attention")
        await terminal.until(lambda: line not in terminal.flat, "gone from the Watch")


async def test_whoever_declined_and_whoever_has_no_part_in_it_is_not_interrupted(
    store: Path,
) -> None:
    a_declined_draft()
    for person in (a_third_officer(), a_captain()):
        async with a_terminal(store, person) as terminal:
            await terminal.goes_to("3", "Sent back by", WHY)
            assert "Sent back to review" not in terminal.flat
