"""One tuple is the source of keys, footer, help, palette and README."""

from pathlib import Path

import pytest

from console.app import EightBellsApp
from console.commands.command import Command
from console.commands.table import COMMANDS, DETAILS, LISTS, commands_for, key_table
from console.screens.archive.compared import ComparedScreen
from console.screens.archive.detail import SignedScreen
from console.screens.archive.document import DocumentScreen
from console.screens.archive.place import ArchivePlace
from console.screens.audit.event_detail import EventScreen
from console.screens.audit.place import AuditPlace
from console.screens.entries.detail import EntryScreen
from console.screens.entries.inbox import InboxPlace
from console.screens.entries.place import EntriesPlace
from console.screens.insights.place import InsightsPlace
from console.screens.insights.regeneration_detail import RegenerationScreen
from console.screens.insights.regenerations import RegenerationsPlace
from console.screens.insights.signals import SignalsPlace
from console.screens.insights.suggestions import SuggestionsPlace
from console.screens.jobs.detail import JobScreen
from console.screens.jobs.failure_detail import FailureScreen
from console.screens.jobs.failures import FailuresPlace
from console.screens.jobs.group_detail import GroupScreen
from console.screens.jobs.groups import GroupsPlace
from console.screens.jobs.place import JobsPlace
from console.screens.jobs.schedules import SchedulesPlace
from console.screens.lineage import LineageScreen
from console.screens.live import LiveScreen
from console.screens.orders.detail import OrderScreen
from console.screens.orders.place import OrdersPlace
from console.screens.system.crew import CrewPlace
from console.screens.system.crew_member import MemberScreen
from console.screens.system.place import SystemPlace
from console.screens.watch.place import WatchPlace
from tests.console.app.terminal import a_terminal

SCREENS: tuple[type[LiveScreen], ...] = (
    WatchPlace, EntriesPlace, InboxPlace, JobsPlace, ArchivePlace, AuditPlace,
    EntryScreen, JobScreen, SignedScreen, EventScreen,
    GroupsPlace, SchedulesPlace, FailuresPlace, GroupScreen, FailureScreen, SystemPlace,
    InsightsPlace, SignalsPlace, SuggestionsPlace, RegenerationsPlace, RegenerationScreen,
    LineageScreen, OrdersPlace, OrderScreen, DocumentScreen, ComparedScreen,
    CrewPlace, MemberScreen,
)  # fmt: skip


def test_every_command_has_an_id_of_its_own_and_one_sentence() -> None:
    ids = [command.id() for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    for command in COMMANDS:
        assert command.sentence().endswith("."), command
        assert command.name and command.key, command


def test_there_is_a_screen_for_every_place_a_command_names() -> None:
    named = {place for command in COMMANDS for place in command.places}
    assert named - {"handover"} == {screen.ID for screen in SCREENS}
    assert named >= {*LISTS, *DETAILS}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.ID)
def test_no_two_commands_of_a_screen_share_a_key(screen: type[LiveScreen]) -> None:
    keys = [key for command in commands_for(screen.ID) for key in command.key.split(",")]
    assert len(set(keys)) == len(keys), sorted(keys)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.ID)
def test_every_command_of_a_screen_is_bound_and_carried_out(screen: type[LiveScreen]) -> None:
    bound = {binding.id for binding in screen.BINDINGS if not isinstance(binding, tuple)}
    for command in commands_for(screen.ID):
        assert command.id() in bound
        assert _is_carried_out(screen, command), f"nobody carries out {command.id()}"


def _is_carried_out(screen: type[LiveScreen], command: type[Command]) -> bool:
    own = hasattr(screen, f"action_{command.id()}")
    return own or hasattr(EightBellsApp, f"do_{command.id()}")


def test_the_key_table_of_the_readme_has_a_row_for_every_command() -> None:
    table = key_table()
    assert all(command.sentence() in table for command in COMMANDS)
    assert len(table.splitlines()) == len(COMMANDS) + 2


async def test_help_lists_every_command_of_the_screen(store: Path) -> None:
    async with a_terminal(store, size=(120, 80)) as terminal:
        await terminal.press("question_mark")
        await terminal.sees("Keys that work here", *(c.name for c in commands_for("watch")))


async def test_the_palette_finds_a_command_by_its_sentence(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.press("colon")
        await terminal.type("red on")
        await terminal.press("escape", "ctrl+p")
        await terminal.type("day/du")
        await terminal.sees("day/dusk/night")
        before = terminal.app.theme
        await terminal.press("enter")
        await terminal.until(lambda: terminal.app.theme != before, "another palette")


async def test_a_key_is_remapped_by_the_id_of_its_command(store: Path) -> None:
    async with a_terminal(store) as terminal:
        terminal.app.set_keymap({"go_audit": "f9"})
        await terminal.goes_to("f9", "[8 Audit]")
