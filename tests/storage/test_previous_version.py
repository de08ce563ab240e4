"""A store made by an earlier version opens, keeps every word, and goes on working.

The fixture is a whole home folder as version 0006 of the schema left it.
"""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as driver

from storage import database
from storage.audit.views import AuditQuery, checkpoint, list_events, verify
from storage.drafts.states import DraftState
from storage.drafts.views import draft, list_drafts
from storage.engine import ledger
from storage.entries.states import EntryStatus
from storage.entries.views import EntryQuery, count_entries, list_entries
from storage.handovers.verification import verify_path
from storage.handovers.views import list_handovers, snapshot
from storage.jobs.claims import claim_next
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.views import list_jobs, show_job
from storage.people.views import list_crew

pytestmark = pytest.mark.aboard

FIXTURE = Path(__file__).parents[1] / "fixtures" / "store_0006.tar.xz"

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def left_behind(home: Path) -> Path:
    """The folder as the earlier version left it, not opened yet."""
    home.mkdir(mode=0o700)
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(home, filter="data")
    return home


@pytest.fixture
def opened(left_behind: Path) -> Iterator[Path]:
    """The same folder, opened by this version, which brings its schema up to date."""
    database.open_store(left_behind)
    yield left_behind
    database.close()


def rows_of(home: Path) -> Rows:
    """Every row of every table of a closed store, in the columns it has now."""
    connection = driver.connect(home / database.FILE_NAME)
    names = [name for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
    )]  # fmt: skip
    found = {
        name: [tuple(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in names
    }
    connection.close()
    return found


def columns_of(home: Path) -> dict[str, list[str]]:
    """The columns of every table of a closed store."""
    connection = driver.connect(home / database.FILE_NAME)
    names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    found = {n: [row[1] for row in connection.execute(f"PRAGMA table_info({n})")] for n in names}
    connection.close()
    return found


def test_every_row_of_the_earlier_version_is_still_there_word_for_word(left_behind: Path) -> None:
    before, had = rows_of(left_behind), columns_of(left_behind)
    database.open_store(left_behind)
    database.close()
    after, has = rows_of(left_behind), columns_of(left_behind)
    for table in before.keys() - {"meta"}:
        places = [has[table].index(column) for column in had[table]]
        kept = [tuple(row[place] for place in places) for row in after[table]]
        assert kept == before[table], table


def test_the_audit_chain_of_the_earlier_version_still_holds(opened: Path) -> None:
    assert verify().ok
    assert checkpoint().size == len(list_events(AuditQuery(), limit=1000)) > 90


def test_everything_that_can_be_listed_can_be_shown(opened: Path) -> None:
    assert len(list_crew()) == 12
    assert count_entries(EntryQuery(status=EntryStatus.SUPPRESSED)) == 1
    assert len(list_entries(EntryQuery(), limit=50)) == 50
    shown = [draft(found.id) for found in list_drafts()]
    assert {view.state for view in shown} == {DraftState.IN_REVIEW, DraftState.EXPORTED}
    assert len([show_job(found.job_id) for found in list_jobs(JobQuery())]) == 8


def test_what_was_signed_then_verifies_now(opened: Path) -> None:
    (signed,) = list_handovers()
    assert snapshot(signed.draft_id).document_number == signed.document_number
    (folder,) = opened.glob("handover/*/signed/*")
    result = verify_path(folder)
    assert result.ok, result


def test_the_job_left_waiting_is_claimed_by_the_new_version(opened: Path) -> None:
    (waiting,) = list_jobs(JobQuery(status=JobStatus.QUEUED))
    taken = claim_next("a-worker")
    assert taken is not None and taken.job_id == waiting.job_id


def test_new_columns_of_old_jobs_are_filled_never_null(opened: Path) -> None:
    for found in list_jobs(JobQuery()):
        record = show_job(found.job_id)
        assert record.metrics.duration_ms >= 0
        assert all(attempt.metrics.duration_ms >= 0 for attempt in record.attempts)


def test_the_store_is_migrated_once_and_then_simply_opens(opened: Path) -> None:
    assert database.pending_migrations() == []
    database.close()
    database.open_store(opened)
    assert ledger.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
