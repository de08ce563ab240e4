"""What a person does on a watch, by keys: capture, decide, ask the worker, prove."""

from functools import partial
from pathlib import Path

from console import worker_process
from console.snapshots.places import WatchPicture
from console.words.watch import risk_words
from storage import database
from storage.audit.actor import SYSTEM
from storage.entries.proposals import import_events
from storage.entries.states import EntryStatus, ProposalStatus
from storage.entries.views import list_entries, list_proposals
from storage.evidence.lines import Line
from storage.handovers.views import handover
from storage.jobs.actions import fail
from storage.jobs.endings import Account, Failure
from storage.jobs.states import JobStatus, Reason
from storage.jobs.views import find_job, list_jobs
from tests.builders import (
    a_draft,
    a_second_officer,
    a_signed_handover,
    an_accepted_draft,
    an_entry,
)
from tests.console.app.jobs import a_failed_job, a_running_job, a_worker
from tests.console.app.terminal import LARGE, Terminal, a_terminal


def proposals(*words: str) -> None:
    """Faults the alarm system reports, each of which asks for an entry."""
    lines = [
        Line(number=n, values={
            "event_id": f"EV-{n}", "type": "fault_logged", "source": "alarm system",
            "asset": "bilge", "text": text, "at": "2026-03-01T03:00:00Z",
        })
        for n, text in enumerate(words, start=1)
    ]  # fmt: skip
    import_events(SYSTEM, lines)


async def test_a_text_is_read_before_it_is_saved(store: Path) -> None:
    async with a_terminal(store, a_second_officer(), size=LARGE) as terminal:
        await terminal.press("n")
        await terminal.sees("Say what is so and what it means for the ship")
        await terminal.type("Port generator overheating, renew the impeller please")
        await terminal.sees("filed under ENG-02 Power Generation", "because of", "nearly")
        await terminal.sees("a handover says what is so, not what to do")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")
    assert list_entries()[0].primary_domain == "ENG-02"


async def test_a_text_the_store_refuses_is_said_in_one_sentence_and_kept(store: Path) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n", "ctrl+s")
        await terminal.sees("The narrative is empty; say in a few words what is so.")
        await terminal.type("pump")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")


async def test_an_entry_is_flagged_resolved_and_suppressed_with_reasons(store: Path) -> None:
    an_entry("Fire door 3 does not close.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("f")
        await terminal.sees("Where does it belong?")
        await terminal.press("down", "enter")
        await terminal.type("it is the door")
        await terminal.press("enter")
        await terminal.says("Flagged")
        await terminal.press("v")
        await terminal.sees("What settled it?")
        await terminal.press("enter")
        await terminal.sees("A few words are needed")
        await terminal.type("hinge renewed")
        await terminal.press("enter")
        await terminal.says("Resolved.")
        await terminal.until(lambda: "(v resolve)" in terminal.flat, "no longer possible")
        await terminal.press("enter")
        await terminal.sees("resolved by Priya Nair: hinge renewed", "it is the door")
    assert list_entries()[0].status is EntryStatus.RESOLVED


async def test_the_inbox_is_decided_in_the_three_ways(store: Path) -> None:
    proposals("Bilge level high", "Loop 2 earth fault", "Test alarm, ignore")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.sees("3 proposals from the ship's systems")
        await terminal.press("2", "b")
        await terminal.sees("3 to decide", "[2 Entries]")
        await terminal.sees("filed under ENG-05", "nearly")
        await terminal.press("a")
        await terminal.says("Accepted: it is an entry now.")
        await terminal.sees("2 to decide")
        await terminal.press("e")
        await terminal.sees("Accept in your words", "read with", "for Chief Engineer")
        await terminal.type(", aft")
        await terminal.press("ctrl+s")
        await terminal.says("Accepted in your words")
        await terminal.sees("1 to decide")
        await terminal.press("d")
        await terminal.type("a test")
        await terminal.press("enter")
        await terminal.says("Dismissed; it stays on record.")
        await terminal.sees("The inbox is empty")
        await terminal.press("escape")
        await terminal.sees("2 entries")
    assert {e.narrative for e in list_entries()} == {"Bilge level high", "Loop 2 earth fault, aft"}
    assert len(list_proposals(ProposalStatus.DISMISSED)) == 1


async def test_a_job_of_unknown_outcome_is_decided_with_a_reason(store: Path) -> None:
    with a_worker():
        job = a_running_job()
        fail(job, Failure(Reason.OUTCOME_UNKNOWN, "Lost", "the worker is gone"), Account())
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.sees("outcome unknown, decide")
        await terminal.goes_to("4", "? outcome unknown")
        await terminal.press("D")
        await terminal.sees("nobody knows whether it took effect")
        await terminal.press("down", "enter")
        await terminal.type("not wanted any more")
        await terminal.press("enter")
        await terminal.says("Decided: closed.")
    assert find_job(job.job_id).status is JobStatus.CANCELLED


async def test_a_job_is_shown_whole_with_its_attempts_and_log(store: Path) -> None:
    with a_worker():
        a_failed_job("the pump is dry")
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("4", "the pump is dry")
        await terminal.press("enter")
        await terminal.sees(
            "z Sleep · job", "✗ failed", "error the pump is dry", "queue wait",
            "attempt 1 failed error", "RuntimeError: the pump is dry", "Traceback: line 1",
            "INFO start · it begins",
        )  # fmt: skip
        await terminal.press("l")
        await terminal.says("Following the log.")
        await terminal.press("escape")
        await terminal.sees("[4 Jobs]")


async def test_a_draft_is_not_asked_for_while_the_open_one_is_frozen(store: Path) -> None:
    an_accepted_draft()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.sees("ACCEPTED", "(g generate)", "waits for the incoming officer")
        await terminal.press("g")
        await terminal.says("The open handover is accepted; it is signed or declined first.")


async def test_the_watch_says_what_is_missing_and_where_to_go(store: Path) -> None:
    a_draft()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.sees("DRAFT · bridge watch", "0 of", "3 opens it for review")
        await terminal.press("enter")
        await terminal.sees("[3 Handover]")


async def test_the_worker_drafts_what_g_asks_for(store: Path) -> None:
    """The whole way round: a key, a job, a worker process, a draft on the screen, a toast."""
    an_entry("Fire door 3 does not close.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("g")
        await terminal.says("no worker is running, W starts one")
        await terminal.sees("○ ▤ Generate handover It waits because no worker is running")
        worker = terminal.app.screen.run_worker(partial(worker_process.drain, store), thread=True)
        await terminal.sees("DRAFT · bridge watch", "Generate handover completed")
        await worker.wait()
    assert [job.status for job in list_jobs()] == [JobStatus.COMPLETED]


async def test_a_signed_handover_is_exported_and_verified(store: Path) -> None:
    signed = a_signed_handover()
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await terminal.goes_to("7", "1 signed handover", "(v verify)")
        await terminal.press("v")
        await terminal.says("Its signed set is not written yet")
        await _drain(terminal, store)
        await terminal.sees("exports signed")
        await terminal.press("v")
        await terminal.sees("Everything is as it was signed.", "✓ two different people")
        await terminal.press("escape", "e")
        await terminal.sees("JSON, the signed snapshot itself")
        await terminal.press("down", "down", "enter")
        await terminal.says("Requested; ")
        await _drain(terminal, store)
        await terminal.sees("exports signed, json")
        await terminal.until(lambda: "Requested" not in terminal.status, "rule 7: done is done")
        await terminal.press("enter")
        await terminal.sees("Signed handover", handover(signed).document_hash)


async def test_a_changed_file_is_found_when_it_is_verified(store: Path) -> None:
    """I15"""
    signed = a_signed_handover()
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await terminal.goes_to("7", "1 signed handover")
        await _drain(terminal, store)
        await terminal.sees("exports signed")
        document = store / handover(signed).exports[0].path / "handover.json"
        document.chmod(0o600)
        document.write_bytes(document.read_bytes().replace(b"Fire", b"Fine", 1) + b" ")
        await terminal.press("v")
        await terminal.sees("NOT as it was signed.", "✗ handover.json")


async def test_the_audit_log_is_filtered_verified_and_its_fingerprint_shown(store: Path) -> None:
    an_entry()
    async with a_terminal(store) as terminal:
        await terminal.goes_to("8", "captured an entry")
        await terminal.press("v")
        await terminal.says("The log is whole:")
        await terminal.press("f")
        await terminal.sees("Fingerprint of the log")
        await terminal.press("escape", "slash")
        await terminal.type("action:entry")
        await terminal.press("enter")
        await terminal.sees("1 event found")
        await terminal.press("enter")
        await terminal.sees("entry.captured", "hash")


async def test_a_store_that_stops_answering_is_said_and_the_console_stays_up(store: Path) -> None:
    async with a_terminal(store) as terminal:
        held = database.home()
        database.close()
        await terminal.says("No store is open in this process.")
        database.open_store(held)
        await terminal.goes_to("2", "Press n and say what matters.")


async def _drain(terminal: Terminal, home: Path) -> None:
    """Let a worker process do what waits, while the screen goes on."""
    screen = terminal.app.screen
    await screen.run_worker(partial(worker_process.drain, home), thread=True).wait()


def test_after_the_signature_the_watch_says_that_nothing_new_is_at_risk() -> None:
    """CONSOLE rule 11"""
    said = risk_words(WatchPicture(since_handover="EB-00001")).plain
    assert said == "none since EB-00001 was signed; 7 shows what it hands over"
    assert risk_words(WatchPicture()).plain == "nothing captured yet"
