"""A ship whose every picture is the same on any day and any machine: clock, ids, keys, disk."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from console.snapshots.upkeep import Upkeep
from storage import database
from storage.jobs.actions import pause, sign_off
from storage.jobs.kind_spec import Queue
from tests.builders import (
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    a_vessel,
    a_whole_crew,
    an_entry,
)
from tests.clock import ShipClock
from tests.console.app.jobs import a_failed_job, a_queued_job, a_worker
from tests.seals import CHEAP

DISK = Upkeep(
    store_bytes=12_300_000,
    log_bytes=410_000,
    free_bytes=81_900_000_000,
    events=1_204,
    anchored=None,
    anchored_at=None,
    backups=0,
    last_backup=None,
)
SAID = (
    "Bilge pump 2 leaks at the shaft seal, about a litre an hour.",
    "Fire door 3 does not close, crew told to keep it shut by hand.",
    "Owner's cabin too warm, chiller No 2 on one compressor.",
    "Port tender battery flat.",
)


@contextmanager
def standing_still() -> Iterator[None]:
    """Ids and keys in one order, one host and one process, one disk."""
    ids, keys = count(1), count(1)
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("storage.") and hasattr(module, "new_id"):
                patch.setattr(module, "new_id", lambda: f"019ae000-77aa-7000-8000-{next(ids):012}")
        patch.setattr(
            "storage.people.keyring.new_key",
            lambda: Ed25519PrivateKey.from_private_bytes(bytes([next(keys)]) * 32),
        )
        patch.setattr("storage.people.keys.PRESENT", CHEAP)
        for module_name in ("storage.jobs.workforce", "storage.jobs.claims"):
            patch.setattr(f"{module_name}.HOST", "bridge-pc")
        patch.setattr("storage.jobs.workforce.getpid", lambda: 4711)
        patch.setattr("os.getpid", lambda: 4711)
        patch.setattr("console.snapshots.engine.take_upkeep", lambda: DISK)
        yield


def a_day_at_sea(home: Path, clock: ShipClock) -> None:
    """Make the store: a signed handover, the next one in review, work done, failed and waiting."""
    database.create(home, clock=clock)
    a_vessel()
    a_whole_crew()
    a_signed_handover()
    for said in SAID:
        clock.advance(minutes=50)
        an_entry(said)
    with a_worker() as worker:
        a_failed_job()
        sign_off(worker)
    clock.advance(minutes=5)
    a_queued_job()
    a_draft_in_review()
    pause(a_second_officer().actor, Queue.EXPORT, why="the printer is being moved")
    clock.advance(minutes=2)
    database.close()
