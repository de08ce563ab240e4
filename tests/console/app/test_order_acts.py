"""What people do with work orders: plan, try, dispatch, verify, send again, cancel, take ashore."""

from pathlib import Path

import pytest

from console.screens.orders.planning import read_count
from storage.database import home
from storage.errors import BadInput
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.views import list_jobs, matching
from storage.manifests.states import OrderState, OrderView
from storage.manifests.views import list_orders, show_order
from tests.builders import a_second_officer
from tests.console.app.terminal import LARGE, Terminal, a_terminal
from tests.storage.manifests.orders import (
    a_line,
    a_manifest,
    dispatched,
    done,
    failed,
    lines,
    planned,
)


def queued() -> int:
    return matching(JobQuery(status=JobStatus.QUEUED))


async def at_the_orders(terminal: Terminal) -> None:
    await terminal.goes_to("5", "[5 Orders]", "1 work order")


async def test_a_small_order_is_dispatched_after_one_question(store: Path) -> None:
    """CONSOLE rule 3"""
    order = planned(*lines(3))
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("d")
        await terminal.sees("“watch_01.jsonl”: 3 jobs will be queued: 3 debug.", "Enter or Esc")
        await terminal.press("enter")
        assert queued() == 0
        await terminal.press("d", "y")
        await terminal.says("watch_01.jsonl: 3 jobs queued.")
        await terminal.sees("▶ running")
    assert show_order(order).view is OrderView.RUNNING and queued() == 3


async def test_a_large_order_asks_for_the_number_and_takes_no_other(store: Path) -> None:
    """CONSOLE rule 3"""
    planned(*lines(40))
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("d")
        await terminal.sees("40 jobs will be queued: 40 debug.", "type 40 to go on")
        await terminal.type("y\n")
        await terminal.sees("That is not the number.")
        await terminal.press("backspace")
        await terminal.type("40\n")
        await terminal.says("40 jobs queued.")
    assert queued() == 40


async def test_lines_that_cannot_be_used_are_never_left_out_unsaid(store: Path) -> None:
    a_manifest(a_line("good"), "not json").rename(home() / "manifests" / "hand_01.jsonl")
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("t")
        await terminal.says("line 2")
        await terminal.press("d")
        await terminal.sees("1 of its 2 lines cannot be used and are left out", "line 2:")
        await terminal.type("1\n")
        await terminal.says("hand_01.jsonl: 1 jobs queued; 1 lines left out.")
    assert queued() == 1


async def test_trying_checks_all_of_it_and_sends_nothing(store: Path) -> None:
    order = planned(*lines(3))
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("t")
        await terminal.says("All 3 entries can be sent; nothing was.")
    assert show_order(order).state is OrderState.PLANNED and queued() == 0


async def test_what_was_sent_is_not_sent_twice_and_says_so(store: Path) -> None:
    """CONSOLE rule 5"""
    dispatched(3)
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await at_the_orders(terminal)
        await terminal.sees("(d dispatch)", "(r send failed again)", "x cancel order")
        await terminal.press("d")
        await terminal.says("It was dispatched already; r sends again what failed.")
        await terminal.press("r")
        await terminal.says("3 of its jobs still wait or run")
        await terminal.press("question_mark")
        await terminal.sees("not now: It was dispatched already")


async def test_only_what_failed_is_sent_again_and_it_asks(store: Path) -> None:
    """CONSOLE rule 3"""
    sent = dispatched(3)
    done(), failed(), done()
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("r")
        await terminal.sees("1 entry whose job failed or was cancelled will be sent again as round")
        await terminal.press("y")
        await terminal.says("1 jobs queued.")
        await terminal.press("enter")
        await terminal.sees("1: ○ 1 queued", "in all 2 done, 0 failed", "round 2")
    assert sent.order_id is not None and show_order(sent.order_id).round == 2


async def test_what_was_planned_is_withdrawn_and_never_sent(store: Path) -> None:
    order = planned(*lines(3))
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("x")
        await terminal.sees("Withdraw?", "will never be sent", "n, Enter or Esc leave it")
        await terminal.press("y")
        await terminal.says("Withdrawn.")
        await terminal.press("d")
        await terminal.says("It was withdrawn and is never sent; plan another.")
    assert show_order(order).state is OrderState.WITHDRAWN


async def test_the_waiting_jobs_of_an_order_are_cancelled_after_their_number_is_typed(
    store: Path,
) -> None:
    """CONSOLE rule 3"""
    dispatched(30)
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("x")
        await terminal.sees("30 waiting jobs will be cancelled, 0 running end by themselves.")
        await terminal.type("30\n")
        await terminal.says("30 jobs cancelled; what runs ends by itself.")
        await terminal.press("x")
        await terminal.says("cancelled")
    assert queued() == 0


async def test_verifying_is_asked_of_the_worker_and_says_when_there_is_none(store: Path) -> None:
    """CONSOLE rule 7: asked for is not done."""
    sent = dispatched(1)
    done()
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("v")
        await terminal.says("Requested; it waits: no worker is running, W starts one.")
    (job,) = list_jobs(JobQuery(kind=JobKind.MANIFEST_VERIFY))
    assert job.subject == sent.order_id


async def test_what_was_never_sent_cannot_be_verified_and_says_what_to_press(store: Path) -> None:
    """CONSOLE rule 5"""
    planned(*lines(1))
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        for key in ("v", "l"):
            await terminal.press(key)
            await terminal.says("It was never sent; d dispatches it.")


async def test_an_order_is_taken_ashore_as_one_folder(store: Path) -> None:
    dispatched(2)
    async with a_terminal(store, a_second_officer()) as terminal:
        await at_the_orders(terminal)
        await terminal.press("e")
        await terminal.sees("Manifest, links, receipts and verdict are written")
        await terminal.press("enter")
        await terminal.says("files and their hashes.")
    (folder,) = (home() / "orders").iterdir()
    assert (folder / "sha256.txt").exists() and (folder / "manifest.jsonl").exists()


async def test_a_workflow_is_chosen_with_its_mode_and_a_number_and_the_worker_is_asked(
    store: Path,
) -> None:
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await terminal.goes_to("5", "No work order yet")
        await terminal.press("w")
        await terminal.sees("By which workflow?", "system_test:", "gap_fill:")
        await terminal.press("enter")
        await terminal.sees("Mode:", "crud_latency", "mixed")
        await terminal.press("enter")
        await terminal.sees("How many entries at most?")
        await terminal.press(*["backspace"] * 8)
        await terminal.type("12\n")
        await terminal.says("Requested; it waits: no worker is running")
        await terminal.sees("planning by system_test is queued")
    (job,) = list_jobs(JobQuery(kind=JobKind.MANIFEST_PLAN))
    assert job.status is JobStatus.QUEUED and list_orders() == []


def test_a_number_of_entries_is_a_number() -> None:
    assert (read_count("12"), read_count("5,000")) == (12, 5000)
    for text in ("many", "0", "-1", ""):
        with pytest.raises(BadInput, match="not a number of entries"):
            read_count(text)
