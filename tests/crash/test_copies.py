"""A store copied at any instant under write load is a whole store (ARCHITECTURE I15)."""

import random
import shutil
from pathlib import Path

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import checkpoint, disagreement, verify
from storage.engine import ledger
from storage.jobs import actions
from storage.turn import write_turn
from tests.crash.conftest import Extent
from tests.crash.pool import Victim
from tests.worker.waiting import wait_until

LOAD = 60
"""Jobs before each copy; each is an event when it is submitted, begins and ends."""
FILES = (database.FILE_NAME, f"{database.FILE_NAME}-wal")


def by_the_engine(home: Path, folder: Path) -> None:
    """As an operator makes a copy: VACUUM INTO."""
    ledger.execute_sql("VACUUM INTO ?", (str(folder / database.FILE_NAME),))


def by_the_turn(home: Path, folder: Path) -> None:
    """The file and its log as they lie there, while nobody else may write.

    The log last: what is folded back meanwhile is still in it, for only a writer starts it anew.
    """
    with write_turn(home / database.LOCK_NAME, 60):
        for name in FILES:
            shutil.copyfile(home / name, folder / name)


def test_a_copy_made_at_any_instant_under_load_is_whole(
    victim: Victim, store: Path, tmp_path: Path, chance: random.Random, extent: Extent
) -> None:
    copies = []
    for n in range(extent.copies):
        moved_on = checkpoint().size + chance.randrange(3 * LOAD)
        actions.submit_together(SYSTEM, "debug", {"message": "x" * chance.randrange(2_000)}, LOAD)
        wait_until(lambda: checkpoint().size >= moved_on)  # noqa: B023
        mark, folder = checkpoint(), tmp_path / f"copy-{n}"
        folder.mkdir()
        chance.choice([by_the_engine, by_the_turn])(store, folder)
        copies.append((mark, folder))
    victim.kill_all()
    last = checkpoint().size
    database.close()
    for mark, folder in copies:
        database.open_store(folder)
        assert ledger.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert verify().ok
        assert disagreement(mark) is None, "something older than the copy is missing"
        assert checkpoint().size <= last
        actions.submit(SYSTEM, "debug", {})
        database.close()
