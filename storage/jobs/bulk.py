"""What people decide about many jobs at once: exactly those a query finds."""

from storage.audit.actor import Actor
from storage.audit.in_bulk import Asked, Tally, in_bulk
from storage.filtering import query_in_words
from storage.jobs.decisions import cancel, retry
from storage.jobs.record import JobQuery
from storage.jobs.views import ids_matching


def retry_all(actor: Actor, query: JobQuery, shown: int) -> Tally:
    """Queue every failed job a query finds again; `shown` is how many the asker was told of.

    Raises:
        Grown: there are more now; nothing was changed. BadInput: too many at once.
    """
    return in_bulk(
        actor, "job.retried", Asked(words=query_in_words(query), shown=shown),
        find=lambda most: ids_matching(query, most),
        verb=lambda job_id: retry(actor, job_id),
    )  # fmt: skip


def cancel_all(actor: Actor, query: JobQuery, shown: int) -> Tally:
    """Cancel every job a query finds, as `cancel` would each of them.

    Raises:
        Grown: there are more now; nothing was changed. BadInput: too many at once.
    """
    return in_bulk(
        actor, "job.cancelled", Asked(words=query_in_words(query), shown=shown),
        find=lambda most: ids_matching(query, most),
        verb=lambda job_id: cancel(actor, job_id),
    )  # fmt: skip
