"""Situations in which the verbs of the insights succeed; each gives the call that is then made."""

from datetime import timedelta

from storage.audit.actor import WORKER
from storage.database import store_clock
from storage.insights import deciding, outputs
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.pruning import prune
from storage.insights.regenerating import complete, fail
from storage.insights.signalling import generate_signals
from storage.insights.states import SuggestionType
from storage.insights.suggesting import generate_suggestions
from tests.builders import an_entry
from tests.clock import ShipClock
from tests.storage.insights.logbook import (
    PUMP,
    a_failed_regeneration,
    a_pending_output,
    a_pending_regeneration,
    a_recurring_fault,
    a_signal,
    a_suggestion,
    some_digest,
    two_approved_versions,
)
from tests.storage.situations import Call


def to_collect() -> Call:
    an_entry(PUMP)
    return collect


def to_aggregate() -> Call:
    an_entry(PUMP)
    collect(WORKER)
    return aggregate


def to_signal() -> Call:
    a_recurring_fault()
    return generate_signals


def to_suggest() -> Call:
    a_signal()
    return generate_suggestions


def to_accept_suggestion() -> Call:
    suggested = a_suggestion().id
    return lambda actor: deciding.accept(actor, suggested)


def to_accept_regeneration() -> Call:
    suggested = a_suggestion(SuggestionType.REGENERATE).id
    return lambda actor: deciding.accept(actor, suggested)


def to_dismiss_suggestion() -> Call:
    suggested = a_suggestion().id
    return lambda actor: deciding.dismiss(actor, suggested, reason="Known and accepted.")


def to_approve_regeneration() -> Call:
    suggested = a_suggestion(SuggestionType.REGENERATE).id
    return lambda actor: deciding.approve_regeneration(actor, suggested, "")


def to_retry() -> Call:
    failed = a_failed_regeneration()
    return lambda actor: deciding.retry(actor, failed, reason="The entries are back.")


def to_complete() -> Call:
    waiting = a_pending_regeneration()
    return lambda actor: complete(actor, waiting, some_digest(), job_id=None)


def to_fail() -> Call:
    waiting = a_pending_regeneration()
    return lambda actor: fail(actor, waiting, "Nothing is on record.", job_id=None)


def to_approve_output() -> Call:
    made = a_pending_output()
    return lambda actor: outputs.approve(actor, made)


def to_reject_output() -> Call:
    made = a_pending_output()
    return lambda actor: outputs.reject(actor, made, reason="Half of it is missing.")


def to_roll_back() -> Call:
    earlier, _ = two_approved_versions()
    return lambda actor: outputs.rollback(actor, earlier, reason="The first was clearer.")


def to_prune() -> Call:
    to_aggregate()(WORKER)
    clock = store_clock()
    assert isinstance(clock, ShipClock)
    clock.at += timedelta(days=91)
    return prune
