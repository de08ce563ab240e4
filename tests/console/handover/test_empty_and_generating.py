"""Without a draft: why nothing is here, what to press, and what the worker is doing about it."""

from pathlib import Path

from console.screens.asking import Choose
from console.screens.handover.looking import LookSheet
from storage import engine
from storage.audit.views import AuditQuery, count_events
from storage.drafts.content import DraftContent
from storage.drafts.requesting import request_draft
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.jobs.actions import claim_next, complete
from storage.jobs.decisions import cancel
from storage.jobs.endings import Account
from storage.jobs.kinds import JobKind
from storage.jobs.record import ClaimedJob, Progress
from storage.jobs.telemetry import tell
from storage.jobs.views import active_jobs
from storage.vessel.views import the_vessel
from tests.builders import (
    a_chief_engineer,
    a_draft,
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    an_entry,
    an_event,
)
from tests.clock import ShipClock
from tests.console.app.jobs import WORKER, a_worker
from tests.console.handover.keyboard import LARGE, a_console
from tests.console.handover.test_review import opens
from tests.contents import an_item, contents


def with_evidence() -> DraftContent:
    """One item with an event behind its entry."""
    entry = an_entry("Header tank low level alarm, topped up.", event_ids=[an_event()])
    return contents(an_item(entry, domain="ENG-05"))


async def test_an_empty_store_says_why_it_is_empty_and_what_to_press(store: Path) -> None:
    """CONSOLE rule 11."""
    async with a_console(store) as keyboard:
        await keyboard.sees(
            "No handover has been drafted on this vessel yet.",
            "There are no entries to draft one from.",
            "n writes down something that matters.",
        )


async def test_generating_asks_for_the_kind_and_says_why_the_job_waits(store: Path) -> None:
    """CONSOLE rules 6 and 7: requested is not done, and a waiting job says what it waits for."""
    an_entry()
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.sees("g drafts the handover from 1 entry.")
        await opens(keyboard, "g", Choose)
        await keyboard.press("enter")
        await keyboard.sees("Requested; it waits: no worker is running, W starts one.")
        await keyboard.sees("○ ▤ Generate handover It waits because no worker is running")
    job = active_jobs()[0]
    assert job.kind is JobKind.HANDOVER_GENERATE and job.requested_by == a_second_officer().id


def a_draft_in_the_making() -> ClaimedJob:
    """Four of ten entries are read."""
    request_draft(a_second_officer().actor, the_vessel().id, {})
    job = claim_next(WORKER)
    assert job is not None
    tell(job, Progress(phase="collect", current=4, total=10, unit="entries"), [])
    return job


async def test_what_the_worker_is_doing_is_told_with_its_time_and_an_estimate(
    store: Path, clock: ShipClock
) -> None:
    """CONSOLE rule 14, on the screen of the thing it works on."""
    an_entry()
    with a_worker():
        usual = a_draft_in_the_making()
        clock.advance(seconds=40)
        complete(usual, dict, Account())
        a_draft_in_the_making()
        clock.advance(seconds=15)
        async with a_console(store, a_second_officer()) as keyboard:
            await keyboard.sees("40 %", "collect 4 of 10 entries for 15 s about 25 s left")
            clock.advance(minutes=1)
            await keyboard.sees("for 1 min longer than usual")


async def test_an_engineer_is_offered_the_engine_watch_first(store: Path) -> None:
    an_entry()
    async with a_console(store, a_chief_engineer()) as keyboard:
        await opens(keyboard, "g", Choose)
        text = keyboard.flat
        assert text.index("engine watch") < text.index("bridge watch")


async def test_a_draft_that_comes_into_being_appears_by_itself(store: Path) -> None:
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.sees("NO OPEN HANDOVER")
        a_draft()
        await keyboard.sees("DRAFT", "begin the review", "Passerelle rail may be bent.")


async def test_regenerating_and_refreshing_command_are_jobs_of_the_draft(store: Path) -> None:
    draft_id = a_draft_in_review()
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.press("r", "C")
        await keyboard.sees("Regenerate handover", "Refresh Command")
    jobs = {job.kind: job.subject for job in active_jobs()}
    assert jobs == {JobKind.HANDOVER_REGENERATE: draft_id, JobKind.COMMAND_REFRESH: draft_id}
    assert draft(draft_id).state is DraftState.IN_REVIEW


async def test_after_the_signature_the_last_handover_is_shown_with_its_hash(store: Path) -> None:
    a_signed_handover()
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.sees("✓ SIGNED handover EB-00001", "outgoing Priya Nair", "document hash")
        await keyboard.sees("g drafts the next handover")


async def test_the_evidence_shows_entry_and_event_verbatim_with_both_times(store: Path) -> None:
    """CONSOLE rules 8 and 10."""
    a_draft(with_evidence())
    async with a_console(store, a_second_officer()) as keyboard:
        await opens(keyboard, "enter", LookSheet)
        await keyboard.sees(
            "1 entry", "Header tank low level alarm, topped up.", "read as",
            "1 event", "fault_logged · Header tank", "06:00 LT (UTC+2) · 04:00 UTC",
        )  # fmt: skip
        await keyboard.press("escape")
        await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")


async def test_a_wide_screen_shows_the_evidence_beside_the_items(store: Path) -> None:
    a_draft(with_evidence())
    async with a_console(store, a_second_officer(), LARGE) as keyboard:
        await keyboard.sees("1 entry", "1 event")


async def test_history_and_completeness_are_one_key_away(store: Path) -> None:
    a_draft_in_review()
    async with a_console(store, a_second_officer()) as keyboard:
        await opens(keyboard, "h", LookSheet)
        await keyboard.sees("as drafted", "Nobody has changed it.")
        await keyboard.press("escape")
        await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
        await opens(keyboard, "t", LookSheet)
        await keyboard.sees("Bilges ✓ stated 2.1", "Orders – not covered")


async def test_the_screen_never_writes_by_being_looked_at(store: Path) -> None:
    """Looking is not an act: nothing reaches the store before a person presses a key."""
    a_draft_in_review()
    before = engine.ledger.execute_sql("SELECT count(*) FROM audit_event").fetchone()
    async with a_console(store) as keyboard:
        await keyboard.press("right_square_bracket", "down", "G", "left_square_bracket")
        await keyboard.sees("sign in to go on")
    assert engine.ledger.execute_sql("SELECT count(*) FROM audit_event").fetchone() == before


async def test_what_was_requested_is_not_requested_again_and_newer_entries_are_told(
    store: Path, clock: ShipClock
) -> None:
    """CONSOLE rule 7: a job that ends sooner than the picture comes is not asked for twice."""
    draft_id = a_draft_in_review()
    clock.advance(minutes=5)
    an_entry("Fire pump No 2 gland leaking.")
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.sees("1 entry since this draft; r takes it in.")
        await keyboard.press("r")
        await keyboard.says("Requested; it waits")
        job = active_jobs()[0]
        refusal = keyboard.place.why_not("regenerate") or ""
        assert refusal.startswith("Requested already; it waits")
        assert keyboard.place.why_not("refresh_command") is None
        before = count_events(AuditQuery())
        await keyboard.press("r")
        await keyboard.says("Requested already; it waits: no worker is running")
        assert count_events(AuditQuery()) == before
        cancel(a_second_officer().actor, job.job_id)
        await keyboard.until(lambda: keyboard.place.why_not("regenerate") is None, "may again")
    assert job.subject == draft_id
