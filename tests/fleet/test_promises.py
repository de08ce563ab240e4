"""What a store promises, where a server keeps it: one writer, snapshots, refusals, lost servers."""

import contextlib
import signal
import threading
from datetime import timedelta
from pathlib import Path

import peewee
import pytest

from storage import database
from storage.alerts.watching import read_note, take_watch, write_note
from storage.audit.actor import SYSTEM
from storage.audit.anchor import write_anchor
from storage.audit.views import verify
from storage.engine import ledger
from storage.engines import driver
from storage.entries.filters import read_filter
from storage.entries.views import EntryQuery, list_entries
from storage.errors import (
    BadInput,
    StoreBusy,
    StoreDamaged,
    StoreReadOnly,
    StoreUnreachable,
    StoreUnsupported,
)
from storage.jobs import actions, views
from storage.jobs.states import JobStatus
from storage.recovery.backing_up import backup
from storage.recovery.examining import examine
from tests.builders import an_entry
from tests.clock import ShipClock
from tests.postgresql import Server
from tests.worker.conftest import StartPool
from tests.worker.waiting import wait_until


def how_many(status: JobStatus) -> int:
    return sum(n for (found, _), n in views.counts().items() if found is status)


def test_the_log_is_one_chain_whoever_writes_at_once(store: Path) -> None:
    def write() -> None:
        for n in range(10):
            actions.submit(SYSTEM, "debug", {"message": str(n)})
        database.disconnect()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify().ok
    assert how_many(JobStatus.QUEUED) == 40


def test_a_snapshot_stands_still_and_keeps_nothing_that_is_written(store: Path) -> None:
    def count() -> int:
        return int(ledger.execute_sql("SELECT count(*) FROM job").fetchone()[0])

    def submit() -> None:
        actions.submit(SYSTEM, "debug", {})
        database.disconnect()

    with database.read_only():
        assert count() == 0
        other = threading.Thread(target=submit)
        other.start()
        other.join()
        assert count() == 0
    assert count() == 1
    with pytest.raises(StoreReadOnly), database.read_only():
        ledger.execute_sql("DELETE FROM scratch")


def test_the_version_changes_when_somebody_commits(store: Path) -> None:
    before = database.data_version()
    assert database.data_version() == before
    actions.submit(SYSTEM, "debug", {})
    assert database.data_version() != before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_name = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event CASCADE",
        "UPDATE entry SET narrative = 'x'",
    ],
)
def test_i4_what_never_changes_is_refused_by_the_server_too(store: Path, statement: str) -> None:
    an_entry("DG2 lube oil weep at the filter housing")
    with pytest.raises(peewee.IntegrityError), database.transaction():
        ledger.execute_sql(statement)
    assert verify().ok


def test_after_a_failed_statement_nothing_is_committed_in_silence(store: Path) -> None:
    with pytest.raises(StoreDamaged, match="nothing was committed"), database.transaction():
        ledger.execute_sql("INSERT INTO scratch (job_id, value) VALUES ('a', 'b')")
        with contextlib.suppress(peewee.IntegrityError):
            ledger.execute_sql("INSERT INTO scratch (job_id, value) VALUES ('a', 'b')")
    assert ledger.execute_sql("SELECT count(*) FROM scratch").fetchone() == (0,)


def test_who_writes_too_long_makes_others_give_up(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(driver.SETTINGS, "lock_timeout", "100ms")
    said: list[BaseException] = []

    def write() -> None:
        try:
            actions.submit(SYSTEM, "debug", {})
        except StoreBusy as busy:
            said.append(busy)
        finally:
            database.disconnect()

    with database.transaction():
        other = threading.Thread(target=write)
        other.start()
        other.join()
    assert len(said) == 1


def test_a_value_the_server_cannot_hold_is_bad_input(store: Path) -> None:
    for column, value in (("looked_at", "a\x00b"), ("seq", 2**70)):
        with pytest.raises(BadInput), database.transaction():
            ledger.execute_sql(f"UPDATE alert_reader SET {column} = ?", (value,))


def test_a_lost_connection_is_said_and_the_next_statement_finds_the_server(store: Path) -> None:
    with pytest.raises(StoreUnreachable), database.transaction():
        ledger.execute_sql("SELECT pg_terminate_backend(pg_backend_pid())")
    assert verify().ok
    held = database.hold("a-name")
    assert held and database.is_held("a-name") and not held.is_cut_off()
    assert database.hold("a-name") is None
    ledger.execute_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    ).fetchall()
    wait_until(held.is_cut_off)
    assert not database.is_held("a-name")


@pytest.mark.parametrize(
    ("asked", "found"),
    [("lube", 1), ("LUBE oi", 1), ("oil lube", 0), ("cafe", 1), ("weep hous", 0), ("#4", 1)],
)
def test_words_are_found_as_aboard(store: Path, asked: str, found: int) -> None:
    an_entry("DG2 lube-oil weep, the filter housing")
    an_entry("Café machine #4 descaled")
    rows = list_entries(EntryQuery(where=read_filter(f'"{asked}"')))
    assert len(rows) == found


def test_backups_are_left_to_the_server_and_doctor_looks_from_outside(
    store: Path, clock: ShipClock
) -> None:
    with pytest.raises(StoreUnsupported, match="pg_dump"):
        backup(store)
    write_anchor()
    assert [check.name for check in examine(store, clock=clock) if not check.ok] == []


def test_a_watch_on_a_host_whose_clock_is_minutes_apart_is_seen(
    store: Path, clock: ShipClock
) -> None:
    watch = take_watch()
    write_note(clock.utcnow() + timedelta(minutes=7), None)
    assert watch and read_note().is_current(clock.utcnow())
    clock.advance(minutes=30)
    assert not read_note().is_current(clock.utcnow())
    watch.close()


def test_i2_two_pools_lose_nothing_when_one_is_killed(store: Path, start_pool: StartPool) -> None:
    """I2, I3: jobs in dead hands come back and are completed once, by the other pool."""
    jobs = [actions.submit(SYSTEM, "sleep", {"seconds": 0.05}).job_id for _ in range(30)]
    doomed, other = start_pool("--workers", "2"), start_pool("--workers", "2")
    wait_until(lambda: how_many(JobStatus.COMPLETED) >= 5)
    doomed.send_signal(signal.SIGKILL)
    wait_until(lambda: how_many(JobStatus.COMPLETED) >= len(jobs))
    assert {views.find_job(job_id).status for job_id in jobs} == {JobStatus.COMPLETED}
    twice = ledger.execute_sql(
        "SELECT job_id FROM job_attempt WHERE outcome = 'completed' GROUP BY job_id "
        "HAVING count(*) > 1"
    ).fetchall()
    assert twice == []
    other.send_signal(signal.SIGTERM)
    assert other.wait(60) == 0
    assert verify().ok


def test_i2_a_pool_outlives_a_restart_of_its_server_and_says_it_in_sentences(
    store: Path, start_pool: StartPool, server: Server
) -> None:
    jobs = [actions.submit(SYSTEM, "sleep", {"seconds": 1.5}).job_id for _ in range(3)]
    pool = start_pool("--workers", "2")
    wait_until(lambda: how_many(JobStatus.RUNNING) == 2)
    database.disconnect()
    server.restart()
    wait_until(lambda: how_many(JobStatus.COMPLETED) == len(jobs))
    pool.send_signal(signal.SIGTERM)
    _, said = pool.communicate(timeout=60)
    assert "store_unreachable: The database server cannot be used" in said
    assert "Traceback" not in said
    assert verify().ok
