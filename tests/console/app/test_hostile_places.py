"""Hostile text in everything that is shown: no place lets it drive the terminal or be markup (I17).

The store takes the words of people, files and programs as they are; each place shows them as text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.alerts.actions import raise_standing
from storage.alerts.states import Standing
from storage.audit.actor import SYSTEM
from storage.database import home
from storage.entries.actions import flag
from storage.entries.proposals import propose
from storage.evidence.actions import add_document
from tests.builders import a_captain, a_draft, a_second_officer, a_vessel, an_entry, an_event
from tests.console.app.jobs import a_failed_job, a_queued_job, a_worker
from tests.console.app.terminal import LARGE, SMALL, Terminal, a_terminal
from tests.contents import an_item, contents
from tests.hostile import ESCAPES

MARKED = "[@click=app.quit()][bold red]MARK[/][/]"
HOSTILE = f"Bilge {MARKED} pump{ESCAPES.replace(chr(0), '')} leaks"
ACTING = {chr(c) for c in (*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F))} - {"\n"}
PLACES = "123456789"


@contextmanager
def a_hostile_ship() -> Iterator[None]:
    """Every kind of row that is made of somebody's words."""
    officer = a_second_officer().actor
    a_vessel()
    entry = an_entry(HOSTILE, event_ids=[an_event(text=HOSTILE)])
    flag(officer, entry.id, reason=HOSTILE)
    propose(SYSTEM, "suggestion", HOSTILE, HOSTILE)
    photo = home() / "MARK [bold red]\x1b[2J\u202e.jpg"
    photo.write_bytes(b"jpeg")
    add_document(officer, photo)
    raise_standing(SYSTEM, Standing.DISK_LOW, HOSTILE)
    a_draft(contents(an_item(entry)))
    with a_worker():
        a_failed_job(HOSTILE)
        a_queued_job(HOSTILE)
        yield


def is_only_text(terminal: Terminal) -> bool:
    """Whether nothing on the screen acts, and whether any of the words are there."""
    text = terminal.text
    assert not set(text) & ACTING, sorted(set(text) & ACTING)
    for strip in terminal.app.screen._compositor.render_strips():
        for segment in strip:
            assert not segment.style or not segment.style.link
            assert not segment.style or "@click" not in segment.style.meta
    assert "MARK" not in text.replace("]MARK", "").replace("MARK [", "")
    return "MARK" in text


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80 columns", "160 columns"])
async def test_no_place_lets_hostile_words_drive_the_terminal(
    store: Path, size: tuple[int, int]
) -> None:
    shown = set()
    with a_hostile_ship():
        async with a_terminal(store, a_captain(), size) as terminal:
            for place in PLACES:
                await terminal.goes_to(place, f"[{place}")
                shown |= {place} if is_only_text(terminal) else set()
                await terminal.press("enter")
                await terminal.pilot.pause()
                shown |= {place} if is_only_text(terminal) else set()
                await terminal.press("escape", "escape")
    assert terminal.app.return_value is None
    assert {"1", "2", "3", "4"} <= shown, "the words were to be seen"
