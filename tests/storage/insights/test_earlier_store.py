"""A store with a history made before there were insights is read from its last ninety days on."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as driver

from storage import database
from storage.audit.actor import WORKER
from storage.audit.views import verify
from storage.engine import ledger
from storage.entries.views import count_entries
from storage.handovers.views import list_handovers
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.signalling import generate_signals
from tests.storage.test_previous_version import FIXTURE

pytestmark = pytest.mark.aboard

PROPOSALS = "SELECT * FROM entry_proposal ORDER BY id"


@pytest.fixture
def before(home: Path) -> Iterator[list[tuple[object, ...]]]:
    """Its proposals as the earlier version left them; the store is open by this version."""
    home.mkdir(mode=0o700)
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(home, filter="data")
    with driver.connect(home / database.FILE_NAME) as connection:
        rows = connection.execute(PROPOSALS).fetchall()
    connection.close()
    database.open_store(home)
    yield rows
    database.close()


def number(event_type: str) -> int:
    sql = "SELECT count(*) FROM analytics_event WHERE type = ?"
    return int(ledger.execute_sql(sql, (event_type,)).fetchone()[0])


@pytest.mark.usefixtures("before")
def test_what_happened_before_the_upgrade_is_counted() -> None:
    while collect(WORKER).behind:
        pass
    assert number("entry_captured") == count_entries() > 0
    assert number("handover_signed") == len(list_handovers()) > 0
    assert number("job_settled") > 0 and number("item_kept") > 0
    assert aggregate(WORKER).changed > 0
    assert generate_signals(WORKER) is not None and generate_signals(WORKER) == []
    assert verify().ok


def test_its_proposals_are_all_kept(before: list[tuple[object, ...]]) -> None:
    assert before
    assert ledger.execute_sql(PROPOSALS).fetchall() == before


@pytest.mark.usefixtures("before")
def test_events_older_than_ninety_days_before_its_newest_are_left_out() -> None:
    (audit_seq, entry_seq) = ledger.execute_sql(
        "SELECT audit_seq, entry_seq FROM analytics_reader"
    ).fetchone()
    assert (audit_seq, entry_seq) == (0, 0)  # the whole fixture is one busy week
