"""Attempts: what a person asks of a job that is not legal now is refused on record (I1).

The screens look ahead and say why; somebody who tries all the same is refused here, by the rules of
the verb itself. What is legal leaves no trace: the verb will.
"""

from collections.abc import Callable

from storage.audit.actions import asking
from storage.audit.actor import Actor
from storage.errors import WrongState
from storage.jobs.explain import why_no_cancel, why_no_decision, why_no_retry
from storage.jobs.record import JobRow
from storage.jobs.views import find_job

_VERBS: dict[str, tuple[str, Callable[[JobRow], str | None]]] = {
    "cancel": ("job.cancelled", why_no_cancel),
    "retry": ("job.retried", why_no_retry),
    "decide": ("job.decided", lambda job: why_no_decision(job, rerun=False)),
}
"""The action each verb is recorded as, and its rule."""

VERBS = frozenset(_VERBS)


def attempt(actor: Actor, job_id: str, verb: str) -> None:
    """Refuse to cancel, retry or decide a job when that is not legal now; else do nothing.

    Raises:
        WrongState: with the reason, on record. NotFound.
    """
    action, why_not = _VERBS[verb]
    with asking(actor, action, "job", job_id):
        if reason := why_not(find_job(job_id)):
            raise WrongState(why=reason)
