"""Regenerations: oldest first, once, one output that never changes; officers decide about it."""

import peewee
import pytest

from storage.audit.actor import WORKER
from storage.engine import ledger
from storage.errors import BadInput, NotFound, NotPermitted, WrongState
from storage.insights import deciding, outputs
from storage.insights.digests import Material, Quote, digest, material
from storage.insights.output_views import output, regeneration, versions
from storage.insights.regenerating import complete, fail, oldest_pending, regeneration_is_due
from storage.insights.states import OutputStatus, RegenerationStatus, Scope
from tests.builders import a_captain, a_rating
from tests.clock import START, ShipClock
from tests.storage.insights.logbook import (
    PUMP,
    PUMP_FAULT,
    a_failed_regeneration,
    a_pending_output,
    a_pending_regeneration,
    some_digest,
    two_approved_versions,
)

pytestmark = pytest.mark.usefixtures("store")


def test_the_output_waits_until_a_person_approves_it() -> None:
    waiting = a_pending_regeneration()
    assert regeneration_is_due()
    made = complete(WORKER, waiting, some_digest(), job_id=None)
    assert not regeneration_is_due()
    assert (output(made).status, output(made).stands) == (OutputStatus.PENDING, False)
    decided = outputs.approve(a_captain().actor, waiting)
    assert (decided.id, decided.status, decided.stands) == (made, OutputStatus.APPROVED, True)


def test_only_the_oldest_pending_one_is_processed(clock: ShipClock) -> None:
    first = a_pending_regeneration()
    clock.advance(days=21)
    second = a_pending_regeneration()
    waiting = oldest_pending()
    assert waiting is not None and waiting.id == first
    with pytest.raises(WrongState, match="oldest pending one is next"):
        complete(WORKER, second, some_digest(), job_id=None)


def test_one_that_is_done_is_never_processed_again() -> None:
    waiting = a_pending_regeneration()
    complete(WORKER, waiting, some_digest(), job_id=None)
    with pytest.raises(WrongState, match="COMPLETED"):
        complete(WORKER, waiting, some_digest(), job_id=None)
    with pytest.raises(WrongState, match="COMPLETED"):
        fail(WORKER, waiting, "Too late.", job_id=None)


def test_a_failure_keeps_its_detail_and_makes_no_output() -> None:
    failed = regeneration(a_failed_regeneration())
    assert (failed.status, failed.output) == (RegenerationStatus.FAILED, None)
    assert failed.detail == "Nothing is on record about this."


def test_a_retry_needs_a_reason_and_is_used_once() -> None:
    captain, failed = a_captain().actor, a_failed_regeneration()
    with pytest.raises(BadInput):
        deciding.retry(captain, failed, reason=" ")
    again = deciding.retry(captain, failed, reason="The entries are back.")
    assert (again.retry_of, again.status, again.approved_by) == (failed, "PENDING", captain.name)
    assert regeneration(failed).retried_by == again.id
    with pytest.raises(WrongState, match="retry has been used"):
        deciding.retry(captain, failed, reason="Once more.")


def test_what_was_rejected_may_be_tried_again_and_what_stands_may_not() -> None:
    captain = a_captain().actor
    rejected = outputs.reject(captain, a_pending_output(), reason="Half of it is missing.")
    assert rejected.regeneration_id is not None
    again = deciding.retry(captain, rejected.regeneration_id, reason="All of it this time.")
    made = complete(WORKER, again.id, some_digest(), job_id=None)
    outputs.approve(captain, made)
    with pytest.raises(WrongState, match="nothing to try again"):
        deciding.retry(captain, again.id, reason="For luck.")


def test_rolling_back_makes_a_new_version_and_changes_none() -> None:
    captain = a_captain().actor
    first, second = two_approved_versions()
    assert [it.stands for it in versions(Scope.ENTRY, PUMP_FAULT)] == [True, False]
    back = outputs.rollback(captain, first, reason="The first was clearer.")
    assert (back.version, back.restores, back.stands) == (3, first, True)
    assert back.content_hash == output(first).content_hash
    assert [it.id for it in versions(Scope.ENTRY, PUMP_FAULT)] == [back.id, second, first]
    with pytest.raises(WrongState, match="is the one that stands"):
        outputs.rollback(captain, back.id, reason="Again.")


def test_what_was_never_approved_is_not_put_back() -> None:
    made = a_pending_output()
    with pytest.raises(WrongState, match="only an approved one"):
        outputs.rollback(a_captain().actor, made, reason="Clearer.")


def test_an_output_is_decided_once() -> None:
    captain, made = a_captain().actor, a_pending_output()
    outputs.approve(captain, made)
    with pytest.raises(WrongState, match="approved already"):
        outputs.reject(captain, made, reason="On second thoughts.")


def test_only_an_officer_decides_about_an_output() -> None:
    made = a_pending_output()
    for actor in (a_rating().actor, WORKER):
        for decide in (outputs.approve, outputs.reject, outputs.rollback):
            with pytest.raises(NotPermitted):
                decide(actor, made, reason="Because.")
    assert output(made).status is OutputStatus.PENDING


def test_there_is_nothing_to_decide_about_an_id_nobody_knows() -> None:
    with pytest.raises(NotFound):
        outputs.approve(a_captain().actor, "no-such-output")


def test_the_store_itself_keeps_outputs_and_decisions_as_they_were_made() -> None:
    made = a_pending_output()
    outputs.approve(a_captain().actor, made)
    for change in (
        "UPDATE regeneration_output SET title = 'x'",
        "DELETE FROM regeneration_output",
        "UPDATE output_decision SET decision = 'rejected'",
        "UPDATE regeneration SET status = 'PENDING'",
        "DELETE FROM regeneration",
    ):
        with pytest.raises(peewee.IntegrityError):
            ledger.execute_sql(change)


def test_a_history_is_made_of_the_words_of_its_entries() -> None:
    a_pending_regeneration()
    waiting = oldest_pending()
    assert waiting is not None
    made = digest(material(waiting))
    assert made.title == f"What was recorded of {PUMP_FAULT}"
    assert [(line.text, len(line.sources)) for line in made.lines] == [(PUMP, 3)]


def test_the_same_words_are_one_line_with_every_source_most_told_first() -> None:
    said = [("It leaks.", "e1"), ("It  trips.", "e2"), ("It trips.", "e3")]
    quotes = tuple(Quote(text=text, source=source, at=START) for text, source in said)
    made = digest(Material(regeneration_id="r", title="t", quotes=quotes))
    assert [(line.text, line.sources) for line in made.lines] == [
        ("It trips.", ("e2", "e3")), ("It leaks.", ("e1",)),
    ]  # fmt: skip


def test_nothing_on_record_makes_no_digest() -> None:
    with pytest.raises(ValueError, match="Nothing is on record"):
        digest(Material(regeneration_id="r", title="t", quotes=()))
