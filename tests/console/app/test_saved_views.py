"""A filter kept under a name comes back, for the person who kept it."""

import stat
from pathlib import Path

import pytest

from console.saved_views import MOST, View, Views
from storage.errors import BadInput
from tests.builders import a_second_officer, a_third_officer, entries
from tests.console.app.terminal import a_terminal

PUMPS = View(name="pumps", place="entries", filter="pump", order="oldest first")


def test_a_view_is_kept_for_its_owner_replaced_and_taken_off(tmp_path: Path) -> None:
    mine, others = Views(tmp_path, "ada"), Views(tmp_path, "bo")
    mine.keep(PUMPS)
    mine.keep(PUMPS.model_copy(update={"filter": "bilge"}))
    assert [view.filter for view in mine.all()] == ["bilge"]
    assert others.all() == ()
    mine.take_off("pumps")
    assert mine.all() == ()


def test_views_are_for_nobody_else_to_read_and_a_damaged_file_is_none(tmp_path: Path) -> None:
    kept = Views(tmp_path, "ada")
    kept.keep(PUMPS)
    (path,) = (tmp_path / "views").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.write_bytes(b'[{"name": "pu')
    assert kept.all() == ()


def test_there_is_an_end_to_how_many_are_kept(tmp_path: Path) -> None:
    kept = Views(tmp_path, "ada")
    for number in range(MOST):
        kept.keep(PUMPS.model_copy(update={"name": str(number)}))
    with pytest.raises(BadInput, match="50 views are kept already"):
        kept.keep(PUMPS)


async def test_a_view_is_kept_found_in_the_palette_and_taken_off(store: Path) -> None:
    entries("Port pump leaks.", "Pump 2 trips.", "Windlass slips.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "3 entries")
        await terminal.press("S")
        await terminal.says("Write a filter first")
        await terminal.press("slash")
        await terminal.type("pump")
        await terminal.press("enter", "o", "S")
        await terminal.sees("Keep this view", "The filter is “pump”, oldest first.")
        await terminal.type("pumps")
        await terminal.press("enter")
        await terminal.says("Kept: V or “: view: pumps” brings it back.")
        await terminal.press("slash")
        await terminal.type("s")
        await terminal.sees("pumps 0 entries found")
        await terminal.press("backspace", "enter", "1", "colon")
        await terminal.type("view pumps")
        await terminal.sees("view: pumps")
        await terminal.press("enter")
        await terminal.sees("[2 Entries]", "2 entries found, oldest first")
        await terminal.press("V")
        await terminal.sees("Your views", "pumps: entries, pump, oldest first")
        await terminal.press("down", "enter")
        await terminal.sees("Take a view off")
        await terminal.press("enter")
        await terminal.says("The view “pumps” is gone.")


async def test_a_view_goes_to_its_own_list(store: Path) -> None:
    entries("Port pump leaks.")
    person = a_third_officer()
    Views(store, person.id).keep(PUMPS)
    async with a_terminal(store, person) as terminal:
        await terminal.goes_to("8", "events")
        await terminal.press("V", "enter")
        await terminal.sees("[2 Entries]", "1 entry found, oldest first")
