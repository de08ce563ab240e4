"""Whether there is work for the kinds that only run when it waits: a seek each, asked when due."""

from collections.abc import Callable

from storage.insights.collecting import facts_wait
from storage.insights.regenerating import regeneration_is_due
from storage.insights.signalling import signals_are_due
from storage.insights.suggesting import suggestions_are_due
from storage.jobs.kinds import JobKind

WAITING: dict[JobKind, Callable[[], bool]] = {
    JobKind.ANALYTICS_JOBS: facts_wait,
    JobKind.GENERATE_SIGNALS: signals_are_due,
    JobKind.GENERATE_SUGGESTIONS: suggestions_are_due,
    JobKind.REGENERATION_WORKER: regeneration_is_due,
}
