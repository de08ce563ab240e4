"""The Archive: a signed handover read, compared with the one before, verified and exported."""

from pathlib import Path

from console import worker_process
from storage.handovers.exports import request_export
from storage.handovers.views import handover
from tests.builders import a_captain, a_second_officer, a_signed_handover
from tests.console.app.terminal import LARGE, Terminal, a_terminal
from tests.storage.handovers.test_comparing import two_signed


async def page_with(terminal: Terminal, words: str) -> None:
    """Turn the pages of the document until these words stand there."""
    for _ in range(9):
        if words in terminal.flat:
            return
        before = terminal.text
        await terminal.press("right_square_bracket")
        await terminal.until(lambda old=before: terminal.text != old, "another page")
    raise AssertionError(f"no page with {words}\n{terminal.text}")


async def test_a_signed_handover_is_read_from_its_signatures_to_the_evidence(store: Path) -> None:
    a_signed_handover()
    async with a_terminal(store, a_captain(), LARGE) as terminal:
        await terminal.goes_to("7", "1 signed handover", "outgoing Priya Nair, 2nd Officer")
        await terminal.press("d")
        await terminal.sees(
            "EB-00001 · signatures and answers · page 1 of 5",
            "outgoing Priya Nair, 2nd Officer", "incoming Tomás Ferreira, 3rd Officer",
            "“I acknowledge receipt of this handover", "LT (UTC+2)", "both kept",
            "Orders – not covered",
        )  # fmt: skip
        await page_with(terminal, "read back “Understood,")
        await terminal.sees(
            "▲ Safety", "Port bilge pump leaks at the shaft seal.", "entry Priya Nair, 2nd Officer"
        )
        await terminal.press("escape")
        await terminal.sees("[7 Archive]")


async def test_the_document_goes_round_and_back(store: Path) -> None:
    a_signed_handover()
    async with a_terminal(store, a_captain()) as terminal:
        await terminal.goes_to("7", "1 signed handover")
        await terminal.press("enter", "d")
        await terminal.sees("page 1 of 5")
        await terminal.press("left_square_bracket")
        await terminal.sees("page 5 of 5")
        await terminal.press("right_square_bracket")
        await terminal.sees("page 1 of 5")


async def test_two_signed_handovers_are_compared_word_by_word(store: Path) -> None:
    two_signed()
    async with a_terminal(store, a_captain(), LARGE) as terminal:
        await terminal.goes_to("7", "2 signed handovers")
        await terminal.press("equals_sign")
        await terminal.sees(
            "EB-00002 compared with EB-00001", "1 new · 1 changed · 1 carried · 1 gone",
            "now Rail bent, roped off.", "Rail bent.", "Lamp out.", "Guest in cabin 3.",
        )  # fmt: skip


async def test_the_first_one_has_nothing_before_it(store: Path) -> None:
    a_signed_handover()
    async with a_terminal(store, a_captain()) as terminal:
        await terminal.goes_to("7", "1 signed handover")
        await terminal.press("equals_sign")
        await terminal.says("EB-00001 is the first: no handover was signed before it.")


async def test_the_list_shows_the_export_that_is_being_made(store: Path) -> None:
    request_export(a_second_officer().actor, a_signed_handover(), "html")
    async with a_terminal(store, a_captain()) as terminal:
        await terminal.goes_to("7", "1 signed handover", "It waits because no worker is running")


async def test_verifying_names_what_failed(store: Path) -> None:
    """I15"""
    draft_id = a_signed_handover()
    worker_process.drain(store)
    (export,) = handover(draft_id).exports
    page = store / export.path / "handover.html"
    page.chmod(0o600)
    page.write_bytes(page.read_bytes() + b" ")
    async with a_terminal(store, a_captain()) as terminal:
        await terminal.goes_to("7", "1 signed handover")
        await terminal.press("v")
        await terminal.sees("NOT as it was signed. What failed: handover.html", "✗ handover.html")


async def test_an_export_being_made_is_shown_where_the_handover_is(store: Path) -> None:
    """CONSOLE: the archive shows the job of an export of its resource."""
    draft_id = a_signed_handover()
    request_export(a_second_officer().actor, draft_id, "html")
    async with a_terminal(store, a_captain()) as terminal:
        await terminal.goes_to("7", "1 signed handover")
        await terminal.press("enter")
        await terminal.sees("Prepare export It waits because no worker is running")
