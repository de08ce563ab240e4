"""Power cuts: what was acknowledged is there, what was not is there whole or not at all.

The verbs run on a real store and every statement they send to the engine is kept. Another process
runs the same statements on a disk that writes down each write and each sync, and from that log the
files are built as a power cut at a random moment may have left them. The engine recovers each of
them, and the product opens and works on in every tenth. Not covered: what another connection does
at the same time (the pool's own tests kill those).
"""

import json
import pickle
import random
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import checkpoint, verify
from storage.engine import ledger
from storage.entries.views import count_entries
from storage.jobs import actions
from tests.conftest import store as store  # with a crew, unlike that of tests/crash
from tests.crash.conftest import Extent
from tests.crash.day import Day, content, sign_a_handover
from tests.crash.disk import Committed, Cut, Event, cuts
from tests.crash.fingerprint import fingerprint
from tests.storage.test_previous_version import FIXTURE as EARLIER_STORE

ROOT = Path(__file__).parents[2]
STEPS = 120
OPENED_BY_THE_PRODUCT = 10
"""One cut in so many; opening, checking and working on costs five times the recovery alone."""


@dataclass(frozen=True)
class Recorded:
    """A stretch of work, as the disk saw it."""

    start: dict[str, bytes]
    before: str
    events: list[Event]

    @property
    def after(self) -> str:
        """The content at the end."""
        return [e.content for e in self.events if isinstance(e, Committed)][-1]


@contextmanager
def overheard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement sent to the engine by any connection opened meanwhile, in order."""
    heard: list[str] = []
    engine = ledger.obj
    connect = engine._connect

    def connected() -> Any:
        connection = connect()
        heard.extend(f"PRAGMA {name} = {value}" for name, value in engine._pragmas)
        connection.set_trace_callback(heard.append)
        return connection

    monkeypatch.setattr(engine, "_connect", connected)
    yield heard
    database.disconnect()
    # What runs inside a statement is told as a comment, or as that statement once more.
    heard[:] = [sql for sql, _ in groupby(sql for sql in heard if not sql.startswith("--"))]


def recorded(folder: Path, statements: list[str], start: dict[str, bytes], before: str) -> Recorded:
    """Run the statements in the recording program, on its own copy of the files."""
    folder.mkdir()
    for name, data in start.items():
        (folder / name).write_bytes(data)
    stream, log = folder / "stream.json", folder / "log"
    stream.write_text(json.dumps(statements))
    names = [str(stream), str(folder / database.FILE_NAME), str(log)]
    subprocess.run([sys.executable, "-m", "tests.crash.recording", *names], cwd=ROOT, check=True)
    events = pickle.loads(log.read_bytes())
    shutil.rmtree(folder)
    return Recorded(start, before, events)


def a_day(home: Path, folder: Path, chance: random.Random, patch: pytest.MonkeyPatch) -> Recorded:
    """Work through a day on the store, and have it recorded."""
    before = content()
    database.disconnect()
    start = {database.FILE_NAME: (home / database.FILE_NAME).read_bytes()}
    with overheard(patch) as statements:
        day = Day(chance)
        day.work(STEPS)
        sign_a_handover()
        day.work(STEPS)
        day.close()
    seen = recorded(folder, statements, start, before)
    assert seen.after == content(), "the replay is not what the verbs did"
    return seen


def left_behind(cut: Cut, folder: Path) -> Path:
    """The files of a cut, in a new folder."""
    folder.mkdir()
    for name, data in cut.files.items():
        (folder / name).write_bytes(data)
    return folder


def recovered(home: Path) -> str:
    """What the engine alone recovers from the files: a whole store, and this is its content."""
    read_only = f"file:{home / database.FILE_NAME}?mode=ro"  # else closing it would checkpoint
    with closing(sqlite.connect(read_only, uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        content_found = fingerprint(lambda sql: connection.execute(sql).fetchall())
    shutil.rmtree(home)
    return content_found


def survived(home: Path, look: Callable[[], None]) -> None:
    """Open what is left with the product, look at it, and work on."""
    database.open_store(home)
    assert ledger.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
    verdict = verify()
    assert verdict.ok, verdict.problem
    look()
    actions.submit(SYSTEM, "debug", {})
    assert verify().size == verdict.size + 1
    database.close()
    shutil.rmtree(home)


def test_what_was_acknowledged_survives_any_power_cut(
    store: Path, tmp_path: Path, chance: random.Random, extent: Extent,
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    """I15 on its other side: no event is lost, none is half there."""
    day = a_day(store, tmp_path / "recording", chance, monkeypatch)
    found = set()
    for number, cut in enumerate(
        cuts(day.start, day.before, day.events, extent.power_cuts, chance)
    ):

        def judge(what: str, cut: Cut = cut) -> None:
            found.add(what)
            assert what in cut.survivors, f"after {cut.at} events"

        ship = left_behind(cut, tmp_path / "ship-after")
        if number % OPENED_BY_THE_PRODUCT:
            judge(recovered(ship))
        else:
            survived(ship, lambda: judge(content()))
    assert len(found) > STEPS / 2, "the cuts missed the work"
    record_property("power cuts of a day", f"{extent.power_cuts:,}; acknowledged and lost: 0")


def test_a_power_cut_while_a_store_is_made_leaves_one_that_opens(
    tmp_path: Path, chance: random.Random, extent: Extent, monkeypatch: pytest.MonkeyPatch
) -> None:
    with overheard(monkeypatch) as statements:
        database.create(tmp_path / "new")
    born = recorded(tmp_path / "recording", statements, {database.FILE_NAME: b""}, "")
    for cut in cuts(born.start, "", born.events, extent.power_cuts // 100, chance):
        survived(left_behind(cut, tmp_path / "ship-after"), is_of_today)


def test_a_power_cut_while_an_old_store_is_brought_up_to_date_keeps_all_of_it(
    home: Path, tmp_path: Path, chance: random.Random, extent: Extent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with tarfile.open(EARLIER_STORE) as archive:
        archive.extractall(home, filter="data")
    start = {database.FILE_NAME: (home / database.FILE_NAME).read_bytes()}
    with overheard(monkeypatch) as statements:
        database.open_store(home)
        mark, entries = checkpoint(), count_entries()
    raised = recorded(tmp_path / "recording", statements, start, "")

    def look() -> None:
        is_of_today()
        assert (checkpoint(), count_entries()) == (mark, entries)

    for cut in cuts(start, "", raised.events, extent.power_cuts // 100, chance):
        survived(left_behind(cut, tmp_path / "ship-after"), look)


def is_of_today() -> None:
    """Whether the open store has the schema of this version."""
    assert database.pending_migrations() == []
