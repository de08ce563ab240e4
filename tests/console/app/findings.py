"""Signals and what follows from them, made by the store's own verbs."""

from storage.audit.actor import WORKER
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.deciding import accept
from storage.insights.output_views import OutputLine, RegenerationView, list_regenerations
from storage.insights.regenerating import Digest, complete, fail
from storage.insights.signalling import generate_signals
from storage.insights.states import SuggestionStatus, SuggestionType
from storage.insights.suggesting import generate_suggestions
from storage.insights.views import SuggestionView, list_suggestions
from tests.builders import a_second_officer, an_entry

FAULT = "Bilge pump 3 leaks at the shaft seal, day {day}."


def a_fault_that_comes_back() -> None:
    """Three entries about one pump, counted: a signal, and two suggestions that follow."""
    for day in range(1, 4):
        an_entry(FAULT.format(day=day))
    collect(WORKER)
    aggregate(WORKER)
    generate_signals(WORKER)
    generate_suggestions(WORKER)


def suggested(type: SuggestionType) -> SuggestionView:
    """The open suggestion of a type."""
    found = list_suggestions(SuggestionStatus.OPEN)
    return next(one for one in found if one.type is type)


def an_accepted_proposal() -> str:
    """The id of the proposal in the inbox that came of an accepted suggestion."""
    a_fault_that_comes_back()
    one = suggested(SuggestionType.PROPOSE_ENTRY)
    decision = accept(a_second_officer().actor, one.id).decision
    assert decision is not None and decision.proposal_id is not None
    return decision.proposal_id


def an_approved_regeneration() -> RegenerationView:
    """A regeneration the worker has not taken yet."""
    a_fault_that_comes_back()
    accept(a_second_officer().actor, suggested(SuggestionType.REGENERATE).id)
    return list_regenerations()[0]


def a_collected_history() -> RegenerationView:
    """A regeneration whose output waits for a person."""
    one = an_approved_regeneration()
    line = OutputLine(text=FAULT.format(day=1), sources=("e1",))
    complete(WORKER, one.id, Digest(title="Bilge pump 3", lines=(line,)), job_id=None)
    return list_regenerations()[0]


def a_failed_regeneration() -> RegenerationView:
    """A regeneration that could not be made."""
    one = an_approved_regeneration()
    fail(WORKER, one.id, "the entries could not be read", job_id=None)
    return list_regenerations()[0]
