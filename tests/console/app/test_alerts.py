"""The Watch says what stands wrong: severity in a word, a glyph and a colour, and what to press."""

from datetime import timedelta
from pathlib import Path

import pytest

from console.commands.places import PLACES
from console.commands.table import StartWorker
from console.words.alerts import LEADS_TO, SEVERITIES, alert_lines
from storage.alerts.actions import acknowledge, raise_standing, resolve_standing
from storage.alerts.states import STANDING, Severity, Standing
from storage.alerts.views import on_record
from storage.audit.actor import SYSTEM
from tests.builders import a_second_officer
from tests.clock import START
from tests.console.app.jobs import a_worker
from tests.console.app.terminal import a_terminal
from worker.watch import Watch


def test_every_severity_has_a_glyph_of_its_own_and_every_command_leads_somewhere() -> None:
    assert set(SEVERITIES) == set(Severity)
    assert len({glyph for glyph, _ in SEVERITIES.values()}) == len(Severity)
    assert set(LEADS_TO.values()) <= {command.id() for command in (*PLACES, StartWorker)}


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.NOBODY_WATCHES])
def test_every_alert_is_one_line_with_its_key_or_what_helps(
    store: Path, standing: Standing
) -> None:
    raise_standing(SYSTEM, standing, "This is how.")
    ((key, line),) = alert_lines([on_record()[standing]], START + timedelta(minutes=3))
    spec = STANDING[standing]
    assert f"{spec.severity.value}  {spec.title}: This is how." in line.plain
    assert line.plain.endswith("· 3 min ago")
    assert key or spec.to_do in line.plain


async def test_the_watch_never_says_all_is_well_while_nobody_watches(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.sees("[W]", "! warning", "Nobody watches: No worker is running")
        await terminal.sees("workers none is running; W starts one")


async def test_an_alert_appears_and_goes_by_itself(store: Path) -> None:
    watch = Watch()
    watch.look()
    with a_worker():
        async with a_terminal(store) as terminal:
            await terminal.sees("Nothing. n captures an entry", "1 running, heard 0 s ago (ok)")
            raise_standing(SYSTEM, Standing.DISK_LOW, "12 MiB are free.")
            await terminal.sees("✗ error", "The disk is nearly full: 12 MiB are free.")
            alert_id = on_record()[Standing.DISK_LOW].alert_id or ""
            acknowledge(a_second_officer().actor, alert_id, reason="Backups go ashore.")
            await terminal.sees("seen by Priya Nair")
            resolve_standing(SYSTEM, Standing.DISK_LOW)
            await terminal.sees("Nothing. n captures an entry")
    watch.close()
