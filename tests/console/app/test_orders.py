"""The Orders place: what is listed, what a manifest holds, and what is found of it."""

from pathlib import Path

from console.screens.jobs.place import JobsPlace
from console.screens.orders.detail import OrderScreen
from storage.audit.actor import WORKER
from storage.database import home
from storage.jobs.actions import complete
from storage.jobs.endings import Account
from storage.jobs.kinds import JobKind
from storage.jobs.submission import submit
from storage.manifests.actions import record_verdict
from storage.manifests.rules import Judgement
from storage.manifests.states import Verdict
from storage.manifests.verifying import Count
from storage.manifests.views import show_order
from storage.vessel.views import the_vessel
from tests.builders import a_second_officer
from tests.console.app.terminal import LARGE, SMALL, Terminal, a_terminal
from tests.storage.manifests.orders import (
    a_line,
    a_manifest,
    dispatched,
    done,
    failed,
    lines,
    next_job,
    planned,
)

NEXT, BEFORE = "right_square_bracket", "left_square_bracket"
BROKEN = (a_line("good"), "not json", a_line("again"), a_line("again"), a_line("x", task="nothing"))


def verified(order_id: str, **found: int) -> None:
    """A verdict as the worker gives it; what is not ok is line 1, 2, and so on."""
    officer = a_second_officer().actor
    submit(
        officer, JobKind.MANIFEST_VERIFY, {"order_id": order_id},
        subject=order_id, vessel_id=the_vessel().id,
    )  # fmt: skip
    verdicts = [Verdict(name) for name, count in found.items() for _ in range(count)]
    wrong = [
        Judgement(line=n, entry_id=f"e{n}", job_id=None, verdict=v, why=f"{v} it is.")
        for n, v in enumerate(verdicts, start=1)
        if v is not Verdict.OK
    ]
    order, job = show_order(order_id), next_job()
    count = Count(total=len(verdicts), **found)

    def settle() -> dict[str, str]:
        record_verdict(WORKER, order_id, sha256=order.sha256, count=count, findings=wrong, job=job)
        return {}

    complete(job, settle, Account())


async def opens_the_order(terminal: Terminal, *words: str) -> None:
    """To the first work order, until these words stand there."""
    await terminal.goes_to("5", "[5 Orders]", "1 work order")
    await terminal.press("enter")
    await terminal.until(lambda: isinstance(terminal.app.screen, OrderScreen), "the order is open")
    await terminal.sees(*words)


async def test_an_empty_place_says_why_and_what_to_press(store: Path) -> None:
    """CONSOLE rule 11"""
    async with a_terminal(store) as terminal:
        await terminal.goes_to("5", "No work order yet: w lets a workflow plan one, f looks into")


async def test_every_order_has_its_state_its_jobs_and_what_was_found(store: Path) -> None:
    planned(*lines(2))
    order = dispatched(3)
    for _ in range(3):
        done()
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("5", "2 work orders", "○ planned", "✓ completed", "not verified")
        assert order.order_id is not None
        verified(order.order_id, ok=3)
        await terminal.sees("✓ 3 ok")


async def test_the_jobs_of_an_order_are_counted_while_they_run(store: Path) -> None:
    dispatched(3)
    async with a_terminal(store) as terminal:
        await opens_the_order(terminal, "▶ running", "3: ○ 3 queued")
        done()
        await terminal.sees("3: ○ 2 queued ✓ 1 completed", "33 %")
        failed()
        await terminal.sees("✗ 1 failed", "✗ failed")


async def test_a_line_that_cannot_be_used_is_shown_with_its_number_and_why(store: Path) -> None:
    a_manifest(*BROKEN).rename(home() / "manifests" / "hand_01.jsonl")
    async with a_terminal(store) as terminal:
        await terminal.goes_to("5", "hand_01.jsonl", "· file")
        await terminal.press("enter")
        await terminal.sees("5: 2 debug ✗ 3 cannot be used", "[All 5] Broken 3")
        await terminal.press(NEXT)
        await terminal.sees("2 ✗ not_json", "4 ✗ duplicate_id", "5 ✗ unknown_task")
        assert "good" not in terminal.flat
        await terminal.press("down", "down")
        await terminal.sees("problem ✗ unknown_task: task: there is no job kind 'nothing'.")


async def test_a_file_from_anywhere_is_looked_into_and_nothing_is_sent(store: Path) -> None:
    path = a_manifest(*lines(2))
    async with a_terminal(store) as terminal:
        await terminal.goes_to("5", "No work order yet")
        await terminal.press("f")
        await terminal.type(str(path) + "\n")
        await terminal.sees("Work order · watch.jsonl", "not on record", "2: 2 debug")
        await terminal.press("escape")
        await terminal.sees("No work order yet")


async def test_a_file_that_cannot_be_read_is_one_sentence(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.goes_to("5", "No work order yet")
        await terminal.press("f")
        await terminal.type("/no/such/file\n")
        await terminal.says("No such file or directory")


async def test_the_lines_of_each_verdict_stand_together(store: Path) -> None:
    order = dispatched(6)
    for _ in range(6):
        done()
    assert order.order_id is not None
    verified(order.order_id, failed=1, missing=1, mismatch=2, ok=2)
    async with a_terminal(store, size=LARGE) as terminal:
        await opens_the_order(terminal, "✓ 2 ok ✗ 1 failed – 1 missing ≠ 2 mismatch")
        await terminal.sees("Ok 2 Failed 1 Pending Missing 1 Mismatch 2")
        await terminal.press(NEXT, NEXT)
        await terminal.sees("[Ok 2]", "✓ ok")
        assert "it is." not in terminal.flat
        await terminal.press(NEXT)
        await terminal.sees("[Failed 1]", "✗ failed failed it is.")
        await terminal.press(NEXT)
        await terminal.sees("[Pending]", "No line is pending.")
        await terminal.press(BEFORE, BEFORE, BEFORE, BEFORE, BEFORE)
        await terminal.sees("[Mismatch 2]", "≠ mismatch mismatch it is.")


async def test_before_it_is_verified_a_verdict_has_no_lines_and_says_why(store: Path) -> None:
    """CONSOLE rule 11"""
    dispatched(2)
    async with a_terminal(store) as terminal:
        await opens_the_order(terminal, "2: ○ 2 queued")
        await terminal.press(NEXT, NEXT)
        await terminal.sees("[Ok]", "Nothing was verified yet: v compares all receipts.")


async def test_a_line_leads_to_its_job_and_the_order_to_all_of_them(store: Path) -> None:
    dispatched(2)
    async with a_terminal(store, size=LARGE) as terminal:
        await opens_the_order(terminal, "2: ○ 2 queued")
        await terminal.press("enter")
        await terminal.sees("job id", "○ queued", "goes to the work order it is part of")
        await terminal.press("escape", "l")
        await terminal.until(lambda: isinstance(terminal.app.screen, JobsPlace), "the jobs")
        await terminal.sees("2 jobs found", "group:")


async def test_words_find_an_order_and_the_count_follows(store: Path) -> None:
    """CONSOLE rule 9"""
    planned(*lines(2))
    dispatched(3)
    async with a_terminal(store) as terminal:
        await terminal.goes_to("5", "2 work orders")
        await terminal.press("slash")
        await terminal.type("planned")
        await terminal.sees("1 work order found")
        await terminal.press("enter", "escape")
        await terminal.sees("2 work orders")


async def test_a_list_held_still_shows_nothing_new_and_keeps_the_cursor(store: Path) -> None:
    """CONSOLE rule 4"""
    first = planned(*lines(2))
    async with a_terminal(store) as terminal:
        await terminal.goes_to("5", "1 work order")
        await terminal.press("p")
        dispatched(3)
        await terminal.sees("1 new · display held")
        await terminal.press("p")
        await terminal.sees("2 work orders")
        await terminal.press("down")
        assert terminal.rows.cursor_id == first
        planned(*lines(4))
        await terminal.sees("3 work orders")
        assert terminal.rows.cursor_id == first


async def test_what_a_manifest_says_is_shown_and_never_obeyed(store: Path) -> None:
    """CONSOLE rule 8, I17"""
    planned(a_line("e\x1b[2J", description="[red]hot[/red] inv\u202efdp.exe"))
    async with a_terminal(store, size=(200, 50)) as terminal:
        await opens_the_order(terminal, "[red]hot[/red] inv<U+202E>fdp.exe", "e<U+001B>[2J")
        assert "\x1b" not in terminal.text


async def test_both_screens_stand_up_in_a_very_small_terminal(store: Path) -> None:
    dispatched(3)
    async with a_terminal(store) as terminal:
        await opens_the_order(terminal, "3: ○ 3 queued")
        for size in ((40, 10), (20, 5), (5, 2), SMALL):
            await terminal.pilot.resize_terminal(*size)
            await terminal.press("down")
        await terminal.press("escape")
        await terminal.sees("1 work order")
