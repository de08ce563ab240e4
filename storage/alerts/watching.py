"""Who watches: one process at a time, by a lock it holds, and when it last looked.

The note is written in place into one small file beside the store, whose space was taken while all
was well: so a full disk can still be told of where the store itself cannot be written.
"""

import json
import os
from datetime import datetime

from storage.alerts.states import LOOKED_WITHIN, LOOKED_WITHIN_ON_A_SERVER
from storage.clock import from_text, to_text
from storage.database import hold, home, is_held
from storage.engines.choosing import on_a_server
from storage.engines.form import Hold
from storage.translation import translated
from storage.value import Value

FILE_NAME = "watch.state"
SIZE = 4096
"""Bytes of a note, padded: it never grows, so it never needs space."""
WHY_LIMIT = 300


class Note(Value):
    """What the watch file tells. `held`: a living process watches."""

    held: bool = False
    looked_at: datetime | None = None
    unwritable: str | None = None

    def is_current(self, at: datetime) -> bool:
        """Whether somebody watches and looked within the last minute, as far as clocks agree."""
        if not self.held or self.looked_at is None:
            return False
        within = LOOKED_WITHIN_ON_A_SERVER if on_a_server() else LOOKED_WITHIN
        return abs(at - self.looked_at) <= within


def take_watch() -> Hold | None:
    """Become the one who watches, until the process ends. None: taken.

    Raises:
        StoreFull, StoreReadOnly: the file is not there yet and cannot be made.
    """
    with translated(home()):
        os.close(_note_file())
    return hold(FILE_NAME)


def write_note(looked_at: datetime, unwritable: str | None) -> None:
    """Say that one has looked, and why the store cannot be written if it cannot.

    Raises:
        OSError: not even this can be written; then readers see that nobody has looked.
    """
    said = {"looked_at": to_text(looked_at), "unwritable": unwritable and unwritable[:WHY_LIMIT]}
    handle = _note_file()
    try:
        os.pwrite(handle, json.dumps(said).encode().ljust(SIZE)[:SIZE], 0)
    finally:
        os.close(handle)


def read_note() -> Note:
    """What is known of the watch; an unreadable note says nothing."""
    try:
        handle = os.open(home() / FILE_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return Note()
    try:
        return Note(held=is_held(FILE_NAME), **_content(os.pread(handle, SIZE, 0)))
    finally:
        os.close(handle)


def _note_file() -> int:
    return os.open(home() / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _content(data: bytes) -> dict[str, datetime | str | None]:
    try:
        said = json.loads(data)
        return {"looked_at": from_text(said["looked_at"]), "unwritable": said["unwritable"]}
    except (ValueError, KeyError, TypeError):
        return {}
