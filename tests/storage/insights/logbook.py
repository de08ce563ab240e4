"""Situations of the insights, named in words; everything is made through the real verbs."""

from storage.audit.actor import WORKER
from storage.database import store_clock
from storage.insights import outputs
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.deciding import accept
from storage.insights.output_views import OutputLine
from storage.insights.regenerating import Digest, complete, fail, oldest_pending
from storage.insights.signalling import generate_signals
from storage.insights.states import Rule, SuggestionType
from storage.insights.suggesting import generate_suggestions
from storage.insights.views import SuggestionView, list_suggestions, signal
from tests.builders import a_captain, an_entry
from tests.clock import ShipClock

PUMP = "Bilge pump 3 starboard seized again and will not start."
PUMP_FAULT = "ENG-05 bilge pump 3 starboard"


def counted() -> None:
    """Everything on record is collected and counted."""
    collect(WORKER)
    aggregate(WORKER)


def a_recurring_fault() -> list[str]:
    """Three entries of one fault, collected and counted; their ids."""
    ids = [an_entry(PUMP).id for _ in range(3)]
    counted()
    return ids


def a_signal() -> str:
    """The signal of a recurring fault; its id."""
    a_recurring_fault()
    (found,) = [it for it in generate_signals(WORKER) if signal(it).rule is Rule.RECURRING_FAULT]
    return found


def a_suggestion(kind: SuggestionType = SuggestionType.PROPOSE_ENTRY) -> SuggestionView:
    """One of the two suggestions that follow from a recurring fault."""
    because = a_signal()
    generate_suggestions(WORKER)
    (found,) = [it for it in list_suggestions() if (it.signal_id, it.type) == (because, kind)]
    return found


def a_pending_regeneration() -> str:
    """A regeneration the captain has approved; its id."""
    decided = accept(a_captain().actor, a_suggestion(SuggestionType.REGENERATE).id).decision
    assert decided is not None and decided.regeneration_id is not None
    return decided.regeneration_id


def some_digest(text: str = PUMP) -> Digest:
    """What the worker could make of it."""
    return Digest(title="What was recorded", lines=(OutputLine(text=text, sources=("e1",)),))


def a_pending_output() -> str:
    """An output nobody has decided about; its id."""
    return complete(WORKER, a_pending_regeneration(), some_digest(), job_id=None)


def two_approved_versions() -> tuple[str, str]:
    """What was made of a fault, and of the same fault three weeks later; the later one stands."""
    captain, clock = a_captain().actor, store_clock()
    assert isinstance(clock, ShipClock)
    first = outputs.approve(captain, a_pending_output()).id
    clock.advance(days=21)
    second = outputs.approve(captain, a_pending_output()).id
    return first, second


def a_failed_regeneration() -> str:
    """A regeneration that came to nothing; its id."""
    a_pending_regeneration()
    waiting = oldest_pending()
    assert waiting is not None
    fail(WORKER, waiting.id, "Nothing is on record about this.", job_id=None)
    return waiting.id
