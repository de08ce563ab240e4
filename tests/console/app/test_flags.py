"""Deciding about flagged classifications, by keys."""

from pathlib import Path

from storage.entries.actions import flag
from storage.entries.views import entry
from tests.builders import a_captain, a_second_officer, an_entry
from tests.console.app.terminal import LARGE, a_terminal


async def test_a_flag_is_decided_by_another_officer_with_a_reason(store: Path) -> None:
    kept = an_entry("Black box in the aft locker hums")
    flag(a_captain().actor, kept.id, reason="It is the router", suggested_domain="ETO-02")
    async with a_terminal(store, a_second_officer(), size=LARGE) as terminal:
        await terminal.sees("1 flagged classification to decide")
        await terminal.press("2", "b")
        await terminal.sees("1 to decide", "→ ETO-02", "because It is the router")
        await terminal.press("a")
        await terminal.says("D accepts or rejects it.")
        await terminal.press("D")
        await terminal.sees("accept: file it under ETO-02 Networks & Connectivity")
        await terminal.press("enter")
        await terminal.sees("Accepted. Why?")
        await terminal.type("seen")
        await terminal.press("enter")
        await terminal.says("Accepted: under ETO-02 now")
        await terminal.sees("The inbox is empty")
        await terminal.press("escape", "enter")
        await terminal.sees("corrected by Priya Nair on", "first read")
        await terminal.press("D")
        await terminal.says("No request to correct a classification is open here")
    assert entry(kept.id).primary_domain == "ETO-02"


async def test_whoever_flagged_does_not_decide_and_a_request_may_name_no_domain(
    store: Path,
) -> None:
    kept = an_entry("Black box in the aft locker hums")
    flag(a_second_officer().actor, kept.id, reason="Not sure")
    async with a_terminal(store, a_second_officer(), size=LARGE) as terminal:
        await terminal.press("2", "b")
        await terminal.sees("1 to decide", "→ another domain")
        await terminal.press("D")
        await terminal.says("another officer decides about it")
    async with a_terminal(store, a_captain(), size=LARGE) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("enter")
        await terminal.sees("not decided yet")
        await terminal.press("D")
        await terminal.press("enter")
        await terminal.sees("Which is it?")
        await terminal.press("enter")
        await terminal.type("looked")
        await terminal.press("enter")
        await terminal.says("Accepted: under ENG-01 now")
    assert entry(kept.id).primary_domain == "ENG-01"
