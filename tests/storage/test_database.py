"""The one store: a transaction stands or falls as a whole, and several writers take turns."""

import subprocess
import sys
from pathlib import Path

import peewee
import pytest

from storage import database, engine, schema
from storage.audit.actions import act
from storage.audit.actor import SYSTEM
from storage.audit.views import count_events, verify
from storage.entries.views import count_entries
from storage.errors import AlreadyExists, StoreReadOnly
from storage.vessel.views import the_vessel
from tests.builders import an_entry
from tests.clock import ShipClock

WRITER = """
import sys
from pathlib import Path
from storage import database
from storage.entries.actions import capture
from storage.people.views import crew_member
database.open_store(Path(sys.argv[1]))
actor = crew_member("Priya Nair").actor
for number in range(int(sys.argv[3])):
    capture(actor, f"Round {number} by writer {sys.argv[2]}: all dry.")
database.close()
"""


@pytest.mark.aboard
def test_a_store_keeps_what_it_was_given_and_nobody_else_may_look_into_it(store: Path) -> None:
    assert store.stat().st_mode & 0o777 == 0o700
    for name in (database.FILE_NAME, database.LOCK_NAME):
        assert (store / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.aboard
def test_every_promise_of_the_engine_is_switched_on(store: Path) -> None:
    def pragma(name: str) -> object:
        return engine.ledger.execute_sql(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2, "FULL: what was acknowledged survives a power cut"
    assert pragma("foreign_keys") == 1
    assert pragma("recursive_triggers") == 1
    assert pragma("trusted_schema") == 0
    assert pragma("busy_timeout") >= 5000


def test_an_act_inside_an_act_stands_or_falls_with_it(store: Path) -> None:
    before = count_events()
    with pytest.raises(RuntimeError), act(SYSTEM, "outer.done", "test"):
        an_entry("Written inside an act that fails.")
        raise RuntimeError
    assert count_entries() == 0
    assert count_events() == before


def test_a_refusal_inside_an_act_takes_everything_back_and_is_recorded_once(store: Path) -> None:
    with pytest.raises(AlreadyExists), act(SYSTEM, "outer.done", "test"):
        an_entry("Written inside an act that is refused.")
        raise AlreadyExists(kind="vessel", id="Halcyon Tide")
    assert count_entries() == 0
    newest = list(engine.ledger.execute_sql("SELECT action, outcome FROM audit_event ORDER BY 1"))
    assert newest.count(("outer.done", "refused")) == 1
    assert ("entry.captured", "done") not in newest


def test_all_rows_of_one_act_carry_one_moment(store: Path, clock: ShipClock) -> None:
    with database.transaction() as at:
        clock.advance(seconds=30)
        assert database.now() == at
    assert database.now() > at


def test_an_announcement_is_made_after_the_commit_and_never_after_a_rollback(store: Path) -> None:
    heard: list[int] = []

    def announce() -> None:
        heard.append(count_entries())

    with database.transaction():
        database.on_commit(announce)
        an_entry("Announced once it is true.")
        assert heard == []
    assert heard == [1]
    with pytest.raises(RuntimeError), database.transaction():
        database.on_commit(announce)
        raise RuntimeError
    assert heard == [1]


def test_a_failing_announcement_does_not_undo_what_was_committed(store: Path) -> None:
    def fail() -> None:
        raise RuntimeError("nobody listens")

    with database.transaction():
        database.on_commit(fail)
        an_entry("Committed all the same.")
    assert count_entries() == 1


def test_a_write_in_a_read_only_snapshot_is_refused_by_the_engine(store: Path) -> None:
    with pytest.raises(StoreReadOnly), database.read_only():
        schema.Meta.insert(name="x", text="y").execute()


def test_a_snapshot_sees_one_state_while_others_write(store: Path) -> None:
    with database.read_only():
        before = count_entries()
        run_writers(store, writers=1, rounds=3)
        assert count_entries() == before
    assert count_entries() == before + 3


@pytest.mark.aboard
def test_a_commit_by_another_process_is_noticed(store: Path) -> None:
    version = database.data_version()
    an_entry("One's own commit is no news.")
    assert database.data_version() == version
    run_writers(store, writers=1, rounds=1)
    assert database.data_version() != version


def test_two_processes_writing_at_once_lose_nothing_and_keep_one_chain(store: Path) -> None:
    before = count_events()
    run_writers(store, writers=2, rounds=40)
    assert count_entries() == 80
    assert count_events() == before + 80
    assert verify().ok


def test_opening_again_finds_the_same_store(store: Path, clock: ShipClock) -> None:
    an_entry("Still there after closing.")
    vessel = the_vessel()
    database.close()
    database.open_store(store, clock=clock)
    assert the_vessel() == vessel
    assert count_entries() == 1
    assert database.pending_migrations() == []
    assert database.quick_check() == []


def test_the_store_itself_refuses_a_row_without_its_parent(store: Path) -> None:
    with pytest.raises(peewee.IntegrityError):
        engine.ledger.execute_sql(
            "INSERT INTO entry_mark VALUES ('m', 'none', 'resolved', 'why', 'p', 'P', 'now')"
        )


def run_writers(home: Path, *, writers: int, rounds: int) -> None:
    """So many processes, each capturing so many entries, all at once."""
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(home), str(n), str(rounds)])
        for n in range(writers)
    ]
    assert [process.wait(timeout=120) for process in running] == [0] * writers
