"""What the store costs and what guards it, a line each (pure)."""

from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from console.upkeep import Upkeep
from console.widgets.facts import Fact
from storage.clock import age_words
from storage.text import visible

Line = tuple[str, tuple[str, str], str, tuple[Fact, ...]]
"""A name, a state in word and colour, what is said of it in the row, and the facts below."""

GOOD, BAD = "$done", "$say-warning"
TO_BACK_UP = "stop console and workers, then copy the whole folder of the store to another disk"


def upkeep_lines(upkeep: Upkeep, at: datetime, time: Callable[[datetime], Content]) -> list[Line]:
    """File, disk, log and backups."""
    return [_file(upkeep), _disk(upkeep), _log(upkeep, at, time), _backup(upkeep, at, time)]


def size_words(size: int) -> str:
    """`812 kB`, `12.3 MB`, `4.1 GB`."""
    for unit, length in (("GB", 10**9), ("MB", 10**6)):
        if size >= length:
            return f"{size / length:.1f} {unit}"
    return f"{size // 1000} kB"


def _file(upkeep: Upkeep) -> Line:
    log = f"write-ahead log {size_words(upkeep.log_bytes)}"
    facts = (
        ("store", Content(f"{size_words(upkeep.store_bytes)} ({upkeep.store_bytes:,} bytes)")),
        ("log", Content(f"{log}, folded into the file from time to time")),
    )
    return "file", (size_words(upkeep.store_bytes), GOOD), log, facts


def _disk(upkeep: Upkeep) -> Line:
    free = size_words(upkeep.free_bytes)
    state = (f"! {free} free", BAD) if upkeep.is_disk_low else (f"✓ {free} free", GOOD)
    said = "nearly full" if upkeep.is_disk_low else "room enough"
    return "disk", state, said, (("disk", Content(f"{free} free: {said}")),)


def _log(upkeep: Upkeep, at: datetime, time: Callable[[datetime], Content]) -> Line:
    events = f"{upkeep.events:,} events"
    if upkeep.anchored is None or upkeep.anchored_at is None:
        said = "no anchor yet; a running worker writes one"
        return "audit", (events, GOOD), said, (("audit", Content(f"{events}; {said}")),)
    age = age_words((at - upkeep.anchored_at).total_seconds())
    said = f"anchored at event {upkeep.anchored:,}, {age}"
    facts = (
        ("audit", Content(f"{events}; v in the Audit place (8) verifies them")),
        ("anchor", Content.assemble(f"at event {upkeep.anchored:,} · ", time(upkeep.anchored_at))),
    )
    return "audit", (events, GOOD), said, facts


def _backup(upkeep: Upkeep, at: datetime, time: Callable[[datetime], Content]) -> Line:
    last = upkeep.last_backup
    if last is None:
        facts = (("backup", Content("There is none yet.")), ("to do", Content(TO_BACK_UP)))
        return "backup", ("! none yet", BAD), TO_BACK_UP, facts
    age = age_words((at - last.made_at).total_seconds())
    said = f"{last.name}, {size_words(last.bytes)}; {upkeep.backups} in all"
    shown = (
        ("backup", Content(visible(f"{last.name}, {size_words(last.bytes)}"))),
        ("made", time(last.made_at)),
        ("in all", Content(str(upkeep.backups))),
    )
    return "backup", (f"✓ {age}", GOOD), said, shown
