"""Power cuts through acceptance, countersignature and export: each is there whole, or is redone.

The store is cut as in `test_power_cuts`. The folder of the export is written, synced and renamed
before the commit that names it, so beside a store without that commit it may be there, half of it
under its working name or all of it, and beside one with it, it is whole.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import database
from storage.audit.views import verify
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.engine import ledger
from storage.handovers.verification import verify_path
from storage.handovers.views import handover
from storage.jobs import actions
from tests.builders import a_draft_in_review, accepted, countersigned, reviewed
from tests.clock import ShipClock
from tests.conftest import store as store  # with a crew, unlike that of tests/crash
from tests.crash.conftest import Extent
from tests.crash.day import content
from tests.crash.disk import cuts
from tests.crash.test_full_at_every_step import work
from tests.crash.test_power_cuts import Recorded, left_behind, overheard, recorded, recovered

OPENED = 3
"""Cuts after which the product goes on to the end; the engine recovers the rest."""
SIGNED = (DraftState.SIGNED, DraftState.EXPORTED)


def signed_and_exported(
    home: Path, draft_id: str, folder: Path, patch: pytest.MonkeyPatch
) -> Recorded:
    """Both signatures and the export, as the disk saw them."""
    before = content()
    database.disconnect()
    start = {database.FILE_NAME: (home / database.FILE_NAME).read_bytes()}
    with overheard(patch) as statements:
        countersigned(accepted(draft_id))
        work()
    seen = recorded(folder, statements, start, before)
    assert seen.after == content(), "the replay is not what the verbs did"
    return seen


def with_files_of(ship: Path, home: Path, chance: random.Random) -> None:
    """Put beside a store what the disk may then have held of the export's folder."""
    database.open_store(ship, clock=ShipClock())
    (named,) = [path.relative_to(home) for path in home.glob("handover/*/signed/*")]
    if names_an_export() or chance.random() < 0.5:
        shutil.copytree(home / named, ship / named)
    else:
        half = ship / named.with_name(f".{named.name}.tmp")
        half.mkdir(parents=True)
        (half / "handover.pdf").write_bytes((home / named / "handover.pdf").read_bytes()[:999])


def names_an_export() -> bool:
    """Whether the open store names an export."""
    return bool(ledger.execute_sql("SELECT 1 FROM handover_export").fetchone())


def goes_on(ship: Path, draft_id: str) -> None:
    """What officers and a worker do after the cut: at its end all of it is signed and whole."""
    actions.rescue_lost()
    if draft(draft_id).state is DraftState.IN_REVIEW:
        accepted(draft_id)
    if draft(draft_id).state is DraftState.ACCEPTED:
        countersigned(draft_id)
    work()
    (export,) = handover(draft_id).exports
    assert verify_path(ship / export.path).ok
    assert verify().ok
    database.close()
    shutil.rmtree(ship)


def test_a_signature_and_its_export_survive_any_power_cut(
    store: Path, tmp_path: Path, chance: random.Random, extent: Extent,
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    """I14 and I15: what was acknowledged is signed, and the export is whole or made again."""
    draft_id, number = reviewed(a_draft_in_review()), extent.power_cuts // 20
    seen = signed_and_exported(store, draft_id, tmp_path / "recording", monkeypatch)
    database.close()
    found = set()
    for place, cut in enumerate(cuts(seen.start, seen.before, seen.events, number, chance)):
        ship = left_behind(cut, tmp_path / "ship-after")
        if place % (number // OPENED):
            what = recovered(ship)
        else:
            with_files_of(ship, store, chance)
            what = content()
            goes_on(ship, draft_id)
        found.add(what)
        assert what in cut.survivors, f"after {cut.at} events"
    assert len(found) > 3, "the cuts missed the work"
    record_property("power cuts of signing and export", f"{number:,}; acknowledged and lost: 0")
