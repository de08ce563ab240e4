"""The marks people put on many entries at once, with one reason: exactly those a query finds."""

from storage.audit.actor import Actor
from storage.audit.in_bulk import Asked, Tally, in_bulk
from storage.entries.actions import resolve, suppress
from storage.entries.rules import check_reason
from storage.entries.views import EntryQuery, ids_matching
from storage.filtering import query_in_words


def resolve_all(actor: Actor, query: EntryQuery, shown: int, *, reason: str) -> Tally:
    """Mark every entry a query finds as settled; `shown` is how many the asker was told of.

    Raises:
        Grown: there are more now; nothing was changed. BadInput: no reason, or too many at once.
        NotPermitted: not a person.
    """
    return in_bulk(
        actor, "entry.resolved", Asked(words=query_in_words(query), shown=shown),
        find=lambda most: ids_matching(query, most),
        verb=lambda entry_id: resolve(actor, entry_id, reason=reason),
        permit=lambda: _check(actor, reason),
    )  # fmt: skip


def suppress_all(actor: Actor, query: EntryQuery, shown: int, *, reason: str) -> Tally:
    """Leave every entry a query finds out of drafts from now on; all stay on record.

    Raises:
        Grown: there are more now; nothing was changed. BadInput: no reason, or too many at once.
        NotPermitted: not a person.
    """
    return in_bulk(
        actor, "entry.suppressed", Asked(words=query_in_words(query), shown=shown),
        find=lambda most: ids_matching(query, most),
        verb=lambda entry_id: suppress(actor, entry_id, reason=reason),
        permit=lambda: _check(actor, reason),
    )  # fmt: skip


def _check(actor: Actor, reason: str) -> None:
    check_reason(reason)
