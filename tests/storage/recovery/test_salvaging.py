"""Real pages of a real store are destroyed; what is left comes into a new store, and is counted."""

import random
import shutil
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as driver

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.anchor import check_anchor, write_anchor
from storage.audit.views import AuditQuery, checkpoint, list_events, verify
from storage.engine import ledger
from storage.errors import BadInput
from storage.jobs import actions
from storage.recovery.logged import logged_pages
from storage.recovery.pages import INTERIOR_TABLE, Damaged, Image, read_page
from storage.recovery.salvaging import Loss, Salvaged, salvage
from tests.builders import an_entry, many_entries

PAGE = 4096
IMPORTED = 1_000


@pytest.fixture(scope="module")
def a_full_store(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with a thousand entries, and jobs whose rows go on over several pages."""
    home = tmp_path_factory.mktemp("full") / "ship"
    shutil.copytree(a_manned_store, home)
    database.open_store(home)
    many_entries(IMPORTED)
    for n in range(12):
        actions.submit(SYSTEM, "debug", {"message": f"{n:x}" * 9_000})
    for n in range(60):
        an_entry(f"Locker {n} in the casing is not shut.")
    write_anchor()
    ledger.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.close()
    return home


@pytest.fixture
def home(home: Path, a_full_store: Path) -> Path:
    """A copy of it to be destroyed."""
    return shutil.copytree(a_full_store, home)


def image_of(home: Path) -> Image:
    log = home / "ledger.db-wal"
    logged = logged_pages(log.read_bytes()) if log.exists() else {}
    return Image((home / "ledger.db").read_bytes(), logged)


def root_of(home: Path, table: str) -> int:
    connection = driver.connect(home / "ledger.db")
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
    ).fetchone()
    connection.close()
    return int(root)


def rows_of(home: Path, table: str) -> set[tuple[object, ...]]:
    connection = driver.connect(home / "ledger.db")
    found = {tuple(row) for row in connection.execute(f"SELECT * FROM {table}")}
    connection.close()
    return found


def but_the_last(events: set[tuple[object, ...]]) -> set[tuple[object, ...]]:
    """Without the event that says the store was salvaged."""
    return {event for event in events if "store.salvaged" not in event}


def leaves(home: Path, table: str) -> list[int]:
    """The pages of a table that hold rows, in their order."""
    image, found, ahead = image_of(home), [], [root_of(home, table)]
    while ahead:
        number = ahead.pop(0)
        page = read_page(image, number)
        ahead = [*(child.page for child in page.children), *ahead]
        found += [number] if page.rows else []
    return found


def destroy(home: Path, number: int, data: bytes = b"\xff" * PAGE) -> None:
    with (home / "ledger.db").open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(data)


def salvaged(home: Path) -> tuple[Salvaged, Path]:
    target = home.with_name("salvaged")
    return salvage(SYSTEM, home, target), target


def the_loss(found: Salvaged, table: str) -> Loss:
    (loss,) = found.losses
    assert loss.table == table
    return loss


def works(home: Path) -> None:
    """It opens, passes every check of the engine, says what it is, and takes another entry."""
    database.open_store(home)
    assert list_events(AuditQuery(action="store.salvaged"))
    check_anchor()
    assert database.quick_check() == []
    assert ledger.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
    an_entry("Written after the salvage.")


def test_of_a_sound_store_nothing_is_lost(home: Path) -> None:
    tables = ("entry", "entry_source", "job", "job_count", "person", "alert_reader", "meta")
    before = {table: rows_of(home, table) for table in tables}
    found, target = salvaged(home)
    assert (found.losses, found.unplaced, found.missing, found.chain) == ((), 0, (), None)
    assert {table: rows_of(target, table) for table in tables} == before
    works(target)
    assert verify().ok
    assert ledger.execute_sql(
        "SELECT count(*) FROM entry_words WHERE entry_words MATCH 'casing'"
    ).fetchone() == (IMPORTED + 60,)


def test_a_leaf_page_costs_the_rows_on_it_and_they_are_named(home: Path) -> None:
    before, pages = rows_of(home, "entry"), leaves(home, "entry")
    lost = [row.rowid for row in read_page(image_of(home), pages[7]).rows]
    destroy(home, pages[7])
    found, target = salvaged(home)
    loss = the_loss(found, "entry")
    ((after, last),) = loss.holes
    assert loss.damaged_pages == (pages[7],) and (after, last) == (lost[0] - 1, lost[-1])
    left = rows_of(target, "entry")
    assert left < before and len(before - left) == len(lost)
    assert found.chain is None
    works(target)


def test_an_interior_page_costs_nothing_where_the_rows_below_can_be_found(home: Path) -> None:
    image, number = image_of(home), root_of(home, "entry")
    assert read_page(image, number).kind == INTERIOR_TABLE
    before = rows_of(home, "entry")
    destroy(home, number)
    found, target = salvaged(home)
    assert the_loss(found, "entry").without_tree == len(before)
    assert rows_of(target, "entry") == before
    works(target)


def test_an_overflow_page_costs_the_rows_that_go_on_over_it(home: Path) -> None:
    before, image = rows_of(home, "job"), image_of(home)
    used = {number for number in range(1, image.count + 1) if _is_tree(image, number)}
    long = next(
        n for n in range(2, image.count + 1)
        if n not in used and b"5" * 3_000 in image.page(n) and image.page(n)[:4] != b"\0\0\0\0"
    )  # fmt: skip
    destroy(home, long)
    found, target = salvaged(home)
    assert {loss.table for loss in found.losses} <= {"job", "job_attempt", "audit_event"}
    assert sum(loss.refused for loss in found.losses) == 1
    assert len(before - rows_of(target, "job")) <= 1
    works(target)


def test_a_destroyed_header_costs_nothing(home: Path) -> None:
    before = rows_of(home, "entry"), rows_of(home, "audit_event")
    with (home / "ledger.db").open("r+b") as file:
        file.write(b"\0" * 100)
    found, target = salvaged(home)
    assert (found.losses, found.chain) == ((), None)
    assert (rows_of(target, "entry"), but_the_last(rows_of(target, "audit_event"))) == before
    works(target)


def test_the_whole_first_page_costs_no_row(home: Path) -> None:
    """The schema hangs on it; its leaves are found, and what is not is taken from a new store."""
    before = rows_of(home, "entry"), rows_of(home, "audit_event")
    destroy(home, 1)
    _, target = salvaged(home)
    assert (rows_of(target, "entry"), but_the_last(rows_of(target, "audit_event"))) == before
    works(target)


def test_a_page_of_the_audit_log_breaks_the_chain_and_that_is_told(home: Path) -> None:
    pages = leaves(home, "audit_event")
    lost = read_page(image_of(home), pages[len(pages) // 2]).rows[0].rowid
    destroy(home, pages[len(pages) // 2])
    found, target = salvaged(home)
    assert found.chain is not None and found.chain.startswith(f"audit event {lost}: ")
    works(target)
    verdict = verify()
    assert not verdict.ok and verdict.at_seq == lost


def test_the_end_of_the_audit_log_is_missed_by_the_old_anchor(home: Path) -> None:
    last = leaves(home, "audit_event")[-1]
    lost = len(read_page(image_of(home), last).rows)
    destroy(home, last)
    found, target = salvaged(home)
    assert found.chain is None and found.beyond == lost
    works(target)


def test_what_is_only_in_the_write_ahead_log_is_not_lost(home: Path) -> None:
    database.open_store(home)
    ledger.execute_sql("PRAGMA wal_autocheckpoint = 0")
    an_entry("Only in the log.")
    size = checkpoint().size
    crashed = home.with_name("crashed")
    shutil.copytree(home, crashed)
    database.close()
    found, target = salvaged(crashed)
    assert found.events == size and found.losses == ()
    assert any("Only in the log." in row for row in rows_of(target, "entry"))


def test_a_torn_end_of_the_write_ahead_log_costs_what_was_never_committed_only(home: Path) -> None:
    database.open_store(home)
    ledger.execute_sql("PRAGMA wal_autocheckpoint = 0")
    an_entry("Only in the log.")
    log = (home / "ledger.db-wal").read_bytes()
    database.close()
    assert logged_pages(log)
    assert logged_pages(log + log[32:500]) == logged_pages(log)
    assert logged_pages(log[:-100]).keys() <= logged_pages(log).keys()
    spoilt = bytearray(log)
    spoilt[40] ^= 1
    assert logged_pages(bytes(spoilt)) == {}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_pages_are_destroyed_a_new_store_comes_of_it(home: Path, seed: int) -> None:
    """Noise, zeros and ones in several pages at once: never an error, and nothing made up."""
    chance, before = random.Random(seed), rows_of(home, "entry")
    count = image_of(home).count
    for number in chance.sample(range(2, count + 1), 8):
        destroy(home, number, chance.choice([chance.randbytes(PAGE), bytes(PAGE), b"\xff" * PAGE]))
    found, target = salvaged(home)
    assert rows_of(target, "entry") <= before
    assert found.rows["entry"] == len(rows_of(target, "entry"))


def test_nothing_is_salvaged_over_something(home: Path) -> None:
    with pytest.raises(BadInput, match="there already"):
        salvage(SYSTEM, home, home)


def test_the_damaged_store_is_left_as_it_is(home: Path) -> None:
    destroy(home, 9)
    before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    salvaged(home)
    assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file()} == before


def _is_tree(image: Image, number: int) -> bool:
    try:
        read_page(image, number)
    except Damaged:
        return False
    return True
