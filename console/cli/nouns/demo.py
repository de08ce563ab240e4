"""`demo`: a demo vessel to look around on, or the whole main job without a screen."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from console import worker_process
from console.cli.answer import Answer, note
from console.cli.nouns.console import open_console
from console.cli.settings import home_folder, settings
from console.cli.verbs import Verbs
from console.cli.words import facts, table
from console.demo import aboard
from console.demo.main_job import Voyage, main_job
from console.demo.month import MOST_DAYS
from console.demo.report import Report
from console.demo.sailing import sail
from console.demo.story import MAX_MORE_ENTRIES, Story, load_story, more_entries
from storage import database
from storage.audit.anchor import write_anchor
from storage.recovery.upgrading import open_upgraded

verbs = Verbs("Make a demo vessel, or run the whole main job on one.")

DEMO_FOLDER = Path("demo-vessel")
ONE_SITTING_HOURS = 6
"""A handover a newcomer can sign in ten minutes; `--check` runs the whole day."""


@verbs.verb("demo", "eightbells demo --check --json", store=False)
def demo(
    entries: Annotated[
        int, typer.Option(min=0, max=MAX_MORE_ENTRIES, help="So many entries more.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Which entries more; the same seed, the same.")] = 1,
    check: Annotated[
        bool, typer.Option("--check", help="Run the whole main job without a screen.")
    ] = False,
    days: Annotated[
        int,
        typer.Option(
            min=0, max=MOST_DAYS, help="Live through so many days of watches; tell their signals."
        ),
    ] = 0,
) -> Answer:
    """Make a demo vessel and open the console; --check runs the main job, --days a month."""
    if days:
        return _sailed(days)
    looking_on = not (check or settings.json) and sys.stdin.isatty() and sys.stdout.isatty()
    story = load_story().last_hours(ONE_SITTING_HOURS if looking_on else 24)
    story = story.model_copy(update={"entries": (*story.entries, *more_entries(entries, seed))})
    return _shown(story) if looking_on else _checked(story)


def _sailed(days: int) -> Answer:
    """Days of watches on a temporary store, which stays to be looked at."""
    home = _new_home()
    note(f"Living through {days} days of watches …")
    it = sail(home, load_story(), days)
    value = {
        "ok": not it.repeated,
        "days": days,
        "handovers": it.handovers,
        "signals": [signal.model_dump() for signal in it.raised],
        "repeated": it.repeated,
        "home": home,
    }
    rows = [(s.day, s.severity, s.rule, s.message) for s in it.raised]
    words = [
        *table(("day", "severity", "rule", "says"), rows, "These days raised no signal."),
        f"{it.handovers} handovers signed; looking again repeated {it.repeated} signals.",
        f"The store stays in {home}.",
    ]
    return Answer(value, words, exit_code=1 if it.repeated else 0)


def _new_home() -> Path:
    chosen = settings.home or Path(tempfile.mkdtemp(prefix="eightbells-demo-")) / "ship"
    return chosen.absolute()


def _checked(story: Story) -> Answer:
    """The main job on a temporary store, which stays to be looked at."""
    report = main_job(Voyage(_new_home(), story))
    if report.problem:
        note(f"error: demo_failed: {report.problem}")
    fields = ("draft_id", "document_hash", "pdf", "signed_dir", "home")
    value = {
        "ok": report.ok,
        "steps": [{"name": s.name, "ok": s.ok, "ms": s.ms} for s in report.steps],
        **{name: getattr(report, name) for name in fields},
    }
    return Answer(value, _words(report), exit_code=0 if report.ok else 1)


def _words(report: Report) -> Iterator[str]:
    rows = [
        ("ok" if s.ok else "FAILED", f"{s.ms:>7,} ms", f"{s.did:>5}", s.name) for s in report.steps
    ]
    yield from table(("", "   took", "count", "step"), rows, "No step was taken.")
    yield ""
    yield from facts(
        {
            "PDF": report.pdf or "–",
            "document hash": report.document_hash or "–",
            "signed folder": report.signed_dir or "–",
            "store": report.home,
            "the main job": "done" if report.ok else "NOT DONE",
        }
    )


def _shown(story: Story) -> Answer:
    """A demo vessel, kept from one time to the next, in the console with a worker."""
    home = settings.home = (settings.home or DEMO_FOLDER).absolute()
    if database.exists(home):
        open_upgraded(home)
    else:
        _make(home, story)
    _introduce(story)
    with worker_process.running(home):
        code = open_console()
    write_anchor()
    database.close()
    return Answer(None, (f"The demo vessel stays in {home_folder()}.",), exit_code=code)


def _introduce(story: Story) -> None:
    """Who is aboard and how they sign in; the screens do not tell."""
    for person in story.crew:
        note(f"{person.role:16} {person.name:20} PIN {person.pin}")
    input("Remember somebody, then press Enter to open the console. ")


def _make(home: Path, story: Story) -> None:
    note("Putting the demo day aboard …")
    database.create(home)
    end = database.now()
    aboard.name(story.vessel)
    aboard.sign_on(story.crew)
    aboard.record(story.events, end)
    aboard.capture(story.entries, end, story.crew[0])
