"""`backup`: the store and its files in one folder, read again before it counts.

Beside the store older ones go by the rules of settings.toml; elsewhere nothing is ever removed.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer, note
from console.cli.people import COMMAND_LINE
from console.cli.settings import home_folder
from console.cli.store import the_store
from console.cli.verbs import Verbs
from console.cli.words import count, facts
from storage.errors import BadInput, StoreError
from storage.jobs.limits import read
from storage.recovery.actions import record_backup
from storage.recovery.backing_up import backup as make_backup
from storage.recovery.manifest import Backup
from storage.recovery.rotation import remove, to_go

verbs = Verbs("Back up the store.")

To = Annotated[
    Path | None,
    typer.Option("--to", metavar="DIR", help="A folder that exists, on a stick say."),
]
File = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="The same as --to.", show_default=False)
]


@verbs.verb("backup", "eightbells backup --to /media/stick", store=False)
def backup(file: File = None, to: To = None) -> Answer:
    """Copy the store and its files into a new folder, and read all of it again."""
    if file and to:
        raise BadInput(why="Say where to once: DIR, or --to DIR.")
    folder = to or file
    home = home_folder()
    made = make_backup(home, folder.absolute() if folder else None, report=_tell)
    removed = [] if folder else to_go(made, read(home).backups)
    unrecorded = _put_on_record(home, made, removed)
    if not unrecorded:
        remove(made.path.parent, removed)
    return _answer(made, removed, unrecorded)


def _put_on_record(home: Path, made: Backup, removed: list[str]) -> str:
    """Note it in the log; why that could not be, of a store that cannot be opened."""
    try:
        with the_store(home):
            record_backup(COMMAND_LINE, made, removed)
    except StoreError as error:
        return str(error)
    return ""


def _answer(made: Backup, removed: list[str], unrecorded: str) -> Answer:
    record = made.record
    complaints = [*record.complaints, *([unrecorded] if unrecorded else [])]
    value = {
        "path": made.path, "made_at": record.made_at, "fingerprint": made.fingerprint,
        "events": record.audit.size, "checkpoint": str(record.audit), "files": record.files,
        "bytes": record.bytes, "verified": True, "complaints": complaints, "removed": removed,
    }  # fmt: skip
    words = {
        "backup": made.path,
        "holds": f"{count(record.audit.size, 'event')}, {count(record.files, 'file')}, "
        f"{record.bytes / 1e6:,.1f} MB; all read again",
        "fingerprint": made.fingerprint,
        **({"removed": ", ".join(removed)} if removed else {}),
    }
    warning = [f"NOT WHOLE  the store itself: {complaint}" for complaint in complaints]
    return Answer(value, [*facts(words), *warning], exit_code=1 if complaints else 0)


def _tell(phase: str, current: int, total: int) -> None:
    """Where it is, on a terminal; the line is written over."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{phase} {current:,} of {total:,}\x1b[K")
        if phase == "check" and current == total:
            note("")
