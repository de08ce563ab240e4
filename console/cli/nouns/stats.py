"""`stats`: what the store holds, and how it went lately."""

import shutil
import sys
from collections.abc import Iterator
from typing import Any

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.cli.words import facts
from console.drawing.charts import marks_for, plain
from console.snapshots.trends import Trends, take_trends
from console.snapshots.upkeep import take_upkeep
from console.words.trends import all_charts
from storage.audit.views import count_events
from storage.database import FILE_NAME
from storage.entries.states import EntryStatus, ProposalStatus
from storage.entries.views import EntryQuery, count_entries, count_proposals
from storage.jobs.states import JobStatus
from storage.jobs.views import counts
from storage.people.views import list_crew

WIDEST = 100

verbs = Verbs("What the store holds, and how it went lately.")


@verbs.verb("stats", "eightbells stats")
def stats() -> Answer:
    """Count what the store holds, its size on the disk, and chart the last hour and days."""
    trends = take_trends()
    value: dict[str, Any] = {
        "crew": len(list_crew()),
        "entries": {s.value: count_entries(EntryQuery(status=s)) for s in EntryStatus},
        "proposals": {s.value: count_proposals(s) for s in ProposalStatus},
        "jobs": _jobs(),
        "audit_events": count_events(),
        "store_bytes": _bytes(),
        **_upkeep(),
    }
    words = {name: _words(held) for name, held in value.items()}
    return Answer({**value, "trends": trends}, [*facts(words), *_charts(trends)])


def _charts(trends: Trends) -> Iterator[str]:
    """The charts of the Insights place, as wide as the terminal and as plain as it needs them."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    for chart in all_charts(trends):
        yield ""
        yield from plain(chart, width, marks_for(sys.stdout.encoding))


def _jobs() -> dict[str, int]:
    numbers = counts()
    return {
        status.value: sum(n for (found, _), n in numbers.items() if found is status)
        for status in JobStatus
    }


def _bytes() -> int:
    """The database with its write-ahead log."""
    return sum(path.stat().st_size for path in home_folder().glob(f"{FILE_NAME}*"))


def _upkeep() -> dict[str, Any]:
    """What of the System place is a number."""
    upkeep = take_upkeep()
    return {
        "log_bytes": upkeep.log_bytes,
        "free_bytes": upkeep.free_bytes,
        "anchored_events": upkeep.anchored or 0,
        "backups": upkeep.backups,
    }


def _words(held: Any) -> str:
    if isinstance(held, dict):
        return ", ".join(f"{number} {name}" for name, number in held.items())
    return f"{held:,}"
