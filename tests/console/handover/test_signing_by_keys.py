"""The whole review from draft to SIGNED, by keys only, at 80×24, by two persons."""

from functools import partial
from pathlib import Path

from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.handovers.snapshot import BANNER, MEANINGS, Position
from storage.handovers.views import handover, read_backs, snapshot
from storage.jobs.kinds import JobKind
from storage.jobs.views import active_for
from storage.people.views import CrewMember
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft,
    a_second_officer,
    a_third_officer,
    pin_of,
)
from tests.commanding import with_command_refreshed
from tests.console.handover.keyboard import Keyboard, a_console


async def read_to_the_end(keyboard: Keyboard, draft_id: str, person_id: str) -> None:
    """Nothing but `.`, until every section of the person is seen."""

    def seen() -> int:
        return sum(s.seen for s in draft(draft_id, person_id=person_id).sections)

    def has_moved(before: int, at: int, bucket: Bucket | None) -> bool:
        here = (keyboard.place.items_view.cursor, keyboard.place._bucket)
        return seen() > before or here != (at, bucket)

    while seen() < len(draft(draft_id).sections):
        await keyboard.until(lambda: "to its end" in keyboard.flat, "a section to read")
        before, at = seen(), keyboard.place.items_view.cursor
        bucket = keyboard.place._bucket
        await keyboard.press("full_stop")
        await keyboard.until(partial(has_moved, before, at, bucket), "one page further")
    await keyboard.until(
        lambda: keyboard.place.draft and all(s.seen for s in keyboard.place.draft.sections),
        "all seen",
    )


async def reviews(keyboard: Keyboard, draft_id: str, person_id: str) -> None:
    """The outgoing officer, from DRAFT to nothing missing."""
    await keyboard.sees("DRAFT", "begin the review")
    await keyboard.press("full_stop")
    await keyboard.sees("IN REVIEW", "0/4 ")
    await read_to_the_end(keyboard, draft_id, person_id)
    await keyboard.sees("answer the merge proposals")
    await keyboard.press("full_stop")
    await keyboard.sees("1 of 1", "Do these say the same?", "merged it would read")
    await keyboard.press("m")
    await keyboard.sees("acknowledge the concerns")
    await keyboard.press("full_stop")
    for page in ("1 of 3", "2 of 3", "3 of 3"):
        await keyboard.sees(page)
        await keyboard.type("seen, both stand")
        await keyboard.press("enter")
    await keyboard.sees("refresh Command, it is older than your changes")
    await keyboard.press("full_stop")
    await keyboard.sees("Requested; it waits: no worker is running")
    with_command_refreshed(draft_id)
    await keyboard.press("f5")
    await read_to_the_end(keyboard, draft_id, person_id)


async def accepts(keyboard: Keyboard, officer: CrewMember) -> None:
    """Banner, meaning, tick, PIN."""
    await keyboard.sees("accept and sign")
    await keyboard.press("full_stop")
    await keyboard.sees("Nothing is missing", BANNER, MEANINGS[Position.OUTGOING])
    await keyboard.press("space")
    await keyboard.type(pin_of(officer))
    await keyboard.press("enter")
    await keyboard.sees("ACCEPTED", "your relief signs in, reads and countersigns")


async def takes_over(keyboard: Keyboard, draft_id: str, relief: CrewMember) -> None:
    """The relief signs in and reads it; who tries before is told what to read."""
    await keyboard.press("full_stop")
    await keyboard.identify(relief)
    await keyboard.sees("0/4 sections seen")
    await keyboard.press("s")
    await keyboard.sees("Not yet. Still missing:", "section Engineering not read to its end")
    await keyboard.press("escape")
    await read_to_the_end(keyboard, draft_id, relief.id)


async def countersigns(keyboard: Keyboard, relief: CrewMember) -> None:
    """The one critical item read back, meaning, tick, PIN."""
    await keyboard.sees("read back 1 item and countersign")
    await keyboard.press("full_stop")
    await keyboard.sees("Read back item 2.1")
    await keyboard.type("port bilge pump weeps")
    await keyboard.press("enter")
    await keyboard.sees("✓ 2.1 port bilge pump weeps", BANNER, MEANINGS[Position.INCOMING])
    await keyboard.press("space")
    await keyboard.type(pin_of(relief))
    await keyboard.press("enter")


async def test_two_officers_take_a_draft_to_signed_by_keys_only_at_80_by_24(store: Path) -> None:
    """I11, I12: nothing is accepted or signed before everything it needs was done on screen."""
    draft_id = a_draft()
    outgoing, relief = a_second_officer(), a_third_officer()
    async with a_console(store, outgoing) as keyboard:
        await reviews(keyboard, draft_id, outgoing.id)
        await accepts(keyboard, outgoing)
        await takes_over(keyboard, draft_id, relief)
        await countersigns(keyboard, relief)
        await keyboard.sees("✓ SIGNED handover EB-00001", "documents are being prepared")
        await keyboard.sees("Prepare export", "It waits because no worker is running")
        signed = handover(draft_id)
        assert signed.document_hash in keyboard.flat
    assert draft(draft_id).state is DraftState.SIGNED
    assert [s.name for s in signed.signatories] == [outgoing.name, relief.name]
    assert [said.text for said in read_backs(draft_id).values()] == ["port bilge pump weeps"]
    assert len(snapshot(draft_id).merge_answers) == 1
    assert [j.kind for j in active_for("handover", draft_id)] == [JobKind.EXPORT_PREPARE]
