"""A correction is started at the Archive, and its draft says what it corrects."""

from functools import partial
from pathlib import Path

from console import worker_process
from storage.audit.views import AuditQuery, list_events
from storage.drafts.review import begin_review
from storage.drafts.superseding import request_correction
from storage.drafts.views import current_draft
from storage.handovers.views import handover
from storage.vessel.views import the_vessel
from tests.builders import (
    a_captain,
    a_rating,
    a_second_officer,
    a_signed_handover,
    accepted_and_signed,
)
from tests.console.app.terminal import LARGE, Terminal, a_terminal

WHY = "The guest is in cabin 4."


async def drain(terminal: Terminal, home: Path) -> None:
    """Let a worker process do what waits, while the screen goes on."""
    work = partial(worker_process.drain, home)
    await terminal.app.screen.run_worker(work, thread=True).wait()


async def test_a_correction_is_started_from_the_archive_with_its_reason(store: Path) -> None:
    first = a_signed_handover()
    number = handover(first).document_number
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("7", "1 signed handover")
        await terminal.press("c")
        await terminal.sees(f"What is wrong with {number}?")
        await terminal.press("enter")
        await terminal.sees("A few words are needed")
        await terminal.type(WHY)
        await terminal.press("enter")
        await terminal.says("Requested; ")
        await drain(terminal, store)
        await terminal.goes_to("3", f"Corrects {number}: {WHY}")
    assert current_draft(the_vessel().id) is not None


async def test_whoever_may_not_correct_is_told_why(store: Path) -> None:
    a_signed_handover()
    async with a_terminal(store, a_rating()) as terminal:
        await terminal.goes_to("7", "1 signed handover")
        await terminal.press("c")
        await terminal.sees("What is wrong with")
        await terminal.type(WHY)
        await terminal.press("enter")
        await terminal.says("officer")
    (event,) = list_events(AuditQuery(action="handover.correction_requested"))
    assert event.outcome == "refused"


async def test_the_archive_says_which_handover_took_the_place_of_another(store: Path) -> None:
    first = a_signed_handover()
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        request_correction(a_captain().actor, first, reason=WHY)
        await drain(terminal, store)
        new = current_draft(the_vessel().id)
        assert new is not None
        begin_review(a_second_officer().actor, new.id)
        accepted_and_signed(new.id)
        await terminal.goes_to("7", "2 signed handovers", f"corrects EB-00001: {WHY}")
        await terminal.press("down")
        await terminal.sees("EB-00001 superseded", "standing superseded by EB-00002")
        await terminal.press("c")
        await terminal.says("EB-00002 has taken its place already")
