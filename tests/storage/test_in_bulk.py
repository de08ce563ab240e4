"""An act on many rows is about exactly the rows that were shown, and is on record as one."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.audit.actor import WORKER
from storage.audit.in_bulk import AT_ONCE, MOST, Asked, in_bulk
from storage.audit.views import AuditQuery, AuditRow, list_events
from storage.database import disconnect
from storage.entries.actions import resolve
from storage.entries.bulk import resolve_all, suppress_all
from storage.entries.filters import read_filter
from storage.entries.states import EntryStatus
from storage.entries.views import EntryQuery, count_entries, ids_matching
from storage.errors import BadInput, Grown, NotPermitted
from storage.filtering import parse
from storage.jobs.bulk import cancel_all, retry_all
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.views import find_job, matching
from tests.builders import a_second_officer, an_entry, entries, many_entries
from tests.console.app.jobs import a_failed_job, a_queued_job, a_worker

FAILED = JobQuery(where=parse("status:failed"))
PUMPS = EntryQuery(where=parse("pump status:candidate"))


def newest(count: int) -> list[AuditRow]:
    return list_events(limit=count)


def events(action: str) -> list[AuditRow]:
    return list_events(AuditQuery(action=action))


def test_every_row_a_query_finds_is_changed_and_no_other(store: Path) -> None:
    """CONSOLE rule 1: the list, its count and the act are one query."""
    with a_worker():
        failed = [a_failed_job(str(n)) for n in range(3)]
        waiting = a_queued_job()
    tally = retry_all(a_second_officer().actor, FAILED, matching(FAILED))
    assert (tally.done, tally.refused) == (3, 0)
    assert matching(FAILED) == 0
    assert {find_job(job).status for job in [*failed, waiting]} == {JobStatus.QUEUED}


def test_each_row_has_its_own_event_and_the_act_one_that_says_what_was_asked(store: Path) -> None:
    """I20"""
    entries("Port pump leaks.", "Pump 2 trips.", "Windlass slips.")
    person = a_second_officer()
    resolve_all(person.actor, PUMPS, 2, reason="Both replaced.")
    own, *rows = newest(3)
    assert [row.action for row in rows] == ["entry.resolved"] * 2
    assert {row.detail["reason"] for row in rows} == {"Both replaced."}
    assert (own.action, own.detail) == (
        "entry.resolved_in_bulk",
        {"asked": "“pump”, and status is candidate", "shown": 2, "found": 2},
    )


def test_a_list_that_grew_meanwhile_is_left_alone_with_both_numbers(store: Path) -> None:
    """CONSOLE rule 1: the store counts again in the same transaction."""
    entries("Port pump leaks.", "Pump 2 trips.")
    shown = count_entries(PUMPS)
    an_entry("Pump 3 runs hot.")
    with pytest.raises(Grown, match="2 were shown and 3 match now: nothing was changed"):
        suppress_all(a_second_officer().actor, PUMPS, shown, reason="Told twice.")
    assert count_entries(PUMPS) == 3
    (refusal,) = newest(1)
    assert (refusal.action, refusal.outcome) == ("entry.suppressed_in_bulk", "refused")


def test_a_list_that_shrank_is_done_as_it_is_now(store: Path) -> None:
    one, _ = entries("Port pump leaks.", "Pump 2 trips.")
    person = a_second_officer()
    resolve(person.actor, one.id, reason="Replaced.")
    assert resolve_all(person.actor, PUMPS, 2, reason="Reset.").done == 1


def test_a_row_that_cannot_be_changed_stays_and_its_refusal_is_on_record(store: Path) -> None:
    """I1"""
    with a_worker():
        a_failed_job()
        a_queued_job()
    tally = retry_all(a_second_officer().actor, JobQuery(), 2)
    assert (tally.done, tally.refused) == (1, 1)
    assert "only a failed job is retried" in tally.why
    assert [e.outcome for e in events("job.retried")] == ["done", "done", "refused"]


def test_the_chosen_ones_are_these_and_no_others(store: Path) -> None:
    """CONSOLE rule 2: "these n" is another scope than "all that match"."""
    first, second, third = (a_queued_job(str(n)) for n in range(3))
    query = JobQuery(ids=(first, third))
    assert cancel_all(a_second_officer().actor, query, 2).done == 2
    assert find_job(second).status is JobStatus.QUEUED
    (own,) = events("job.cancelled_in_bulk")
    assert own.detail["asked"] == "chosen one by one"


def test_many_are_gone_through_a_few_at_a_time(store: Path) -> None:
    count = 2 * AT_ONCE + 1
    many_entries(count)
    query = EntryQuery(where=read_filter("damper"))
    assert resolve_all(a_second_officer().actor, query, count, reason="All closed.").done == count
    (own,) = events("entry.resolved_in_bulk")
    after = [row for row in events("entry.resolved") if row.seq > own.seq]
    assert len(after) == count - AT_ONCE
    assert count_entries(EntryQuery(status=EntryStatus.RESOLVED)) == count


@pytest.mark.parametrize("verb", [resolve_all, suppress_all])
def test_without_a_reason_nothing_is_marked(store: Path, verb: Callable[..., object]) -> None:
    an_entry("Pump 3 runs hot.")
    with pytest.raises(BadInput):
        verb(a_second_officer().actor, PUMPS, 1, reason="  ")
    assert count_entries(PUMPS) == 1


def test_i13_no_machine_marks_entries_in_bulk(store: Path) -> None:
    with pytest.raises(NotPermitted):
        resolve_all(WORKER, PUMPS, 0, reason="So it seems.")


def test_more_than_one_act_may_be_about_is_refused(store: Path) -> None:
    with pytest.raises(BadInput, match="5,000 at once"):
        cancel_all(a_second_officer().actor, JobQuery(), MOST + 1)


def test_what_comes_between_the_first_look_and_the_lock_is_counted_too(store: Path) -> None:
    """CONSOLE rule 1: the look before the transaction holds only while the log stands still."""
    entries("Port pump leaks.", "Pump 2 trips.")
    person = a_second_officer()
    looks: list[int] = []

    def find(most: int) -> list[str]:
        ids = ids_matching(PUMPS, most)
        if not looks:
            in_another_thread(lambda: an_entry("Pump 3 runs hot."))
        looks.append(len(ids))
        return ids

    with pytest.raises(Grown, match="2 were shown and 3 match now"):
        in_bulk(
            person.actor, "entry.resolved", Asked(words="", shown=2), find=find,
            verb=lambda entry_id: resolve(person.actor, entry_id, reason="So."),
        )  # fmt: skip
    assert looks == [2, 3]


def in_another_thread(act: Callable[[], object]) -> None:
    """Do it as another process would, on a connection of its own, and wait."""

    def do() -> None:
        act()
        disconnect()

    other = threading.Thread(target=do)
    other.start()
    other.join()
