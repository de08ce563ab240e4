"""Stores that are made once in a process and then copied while closed."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from storage import database
from storage.clock import SYSTEM_CLOCK, Clock
from storage.engines.choosing import VARIABLE


def a_new_store(home: Path, *, clock: Clock = SYSTEM_CLOCK) -> None:
    """Open a store with nothing in it: a copy of one that all migrations have made once.

    On a server each test has a database of its own, and its store is made there.
    """
    if os.environ.get(VARIABLE):
        database.create(home, clock=clock)
        return
    shutil.copytree(_made().name, home)
    database.open_store(home, clock=clock)


@cache
def _made() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory()
    database.create(Path(folder.name))
    database.close()
    return folder
