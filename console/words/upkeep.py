"""What the store costs and what guards it, a line each (pure)."""

from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from console.keys_aboard import key
from console.snapshots.upkeep import Upkeep
from console.widgets.facts import Fact
from storage.alerts.states import BACKUP_WITHIN
from storage.clock import age_words
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.states import JobStatus
from storage.text import visible

Line = tuple[str, tuple[str, str], str, tuple[Fact, ...]]
"""A name, a state in word and colour, what is said of it in the row, and the facts below."""

GOOD, BAD = "$done", "$say-warning"
PRESS = {
    JobKind.STORE_CHECK: ("check", "check_store"),
    JobKind.AUDIT_VERIFY: ("log check", "verify_log"),
}
"""What a check is called in its row, and the command that does it now."""


def upkeep_lines(upkeep: Upkeep, at: datetime, time: Callable[[datetime], Content]) -> list[Line]:
    """File, disk, log, backups and checks."""
    checks = (_check(kind, upkeep, at, time) for kind in PRESS)
    return [
        _file(upkeep), _disk(upkeep), _log(upkeep, at, time), _backup(upkeep, at, time), *checks
    ]  # fmt: skip


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
        (
            "audit",
            Content(
                f"{events}; {key('verify')} in the Audit place ({key('go_audit')}) verifies them"
            ),
        ),
        ("anchor", Content.assemble(f"at event {upkeep.anchored:,} · ", time(upkeep.anchored_at))),
    )
    return "audit", (events, GOOD), said, facts


def _backup(upkeep: Upkeep, at: datetime, time: Callable[[datetime], Content]) -> Line:
    makes = key("back_up")
    last, press = (
        upkeep.last_backup,
        ("press", Content(f"{makes} makes one now, beside the store")),
    )
    if last is None and upkeep.backups:
        said = (
            f"{upkeep.backups} beside the store, made before an upgrade; {makes} makes one of now"
        )
        only = Content("Only what was copied before an upgrade.")
        return "backup", ("! none of now", BAD), said, (("backup", only), press)
    if last is None:
        said = f"{makes} makes one beside the store, `eightbells backup --to DIR` on a stick"
        return "backup", ("! none yet", BAD), said, (("backup", Content("None yet.")), press)
    age = age_words((at - last.made_at).total_seconds())
    read = "read again" if last.whole else "of a store that was NOT whole"
    said = f"{read}, {size_words(last.bytes)}; {upkeep.backups} beside the store"
    shown = (
        ("backup", Content(visible(f"{last.path}, {size_words(last.bytes)}, {read}"))),
        ("made", time(last.made_at)),
        press,
    )
    good = last.whole and at - last.made_at <= BACKUP_WITHIN
    return "backup", (f"✓ {age}", GOOD) if good else (f"! {age}", BAD), said, shown


def _check(
    kind: JobKind, upkeep: Upkeep, at: datetime, time: Callable[[datetime], Content]
) -> Line:
    """The newest look of one kind: its age, and what it came to."""
    name, command = PRESS[kind]
    press = ("press", Content(f"{key(command)} does it now"))
    job = next((job for job in upkeep.checks if job.kind is kind), None)
    if job is None:
        said = f"{KINDS[kind].sentence} {key(command)} does it now."
        return name, ("! never yet", BAD), said, ((name, Content("It was never done.")), press)
    moment = job.finished_at or job.created_at
    age = age_words((at - moment).total_seconds())
    shown = (
        (name, Content(visible(job.error or KINDS[kind].sentence))),
        ("when", time(moment)),
        press,
    )
    match job.status:
        case JobStatus.COMPLETED:
            return name, (f"✓ {age}", GOOD), "nothing grave was found", shown
        case JobStatus.FAILED:
            return name, (f"✗ {age}", BAD), job.error or job.status_reason, shown
    return name, (f"· {job.status}", GOOD), KINDS[kind].sentence, shown
