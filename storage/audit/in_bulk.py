"""One act on many rows: who asked saw a number, and no row beyond that number is touched.

Each row changes through its own verb, which writes its own event; the act as a whole is one event
that says what was asked and how many there were. The rows are counted again and fixed in the first
transaction: what was found just before it took the write lock holds if the log has not grown since,
because every change is an event (I20); else they are found again. They are gone through a few at a
time, so that nobody waits long for the write lock; what was done stands if the rest is cut short.
"""

from collections.abc import Callable, Sequence

from storage.audit.actions import act, append
from storage.audit.actor import Actor
from storage.audit.views import checkpoint
from storage.database import read_only, transaction
from storage.errors import BadInput, Grown, Refused
from storage.value import Value

AT_ONCE = 20
"""Rows of one transaction."""
MOST = 5_000
"""Rows of one act; what fixes them reads so many ids while it holds the write lock."""


class Asked(Value):
    """What somebody wants done to many rows, and how many they were shown."""

    words: str
    shown: int


class Tally(Value):
    """How many rows were changed, how many verbs refused, and the first refusal's sentence."""

    done: int = 0
    refused: int = 0
    why: str = ""


def in_bulk(
    actor: Actor,
    action: str,
    asked: Asked,
    *,
    find: Callable[[int], Sequence[str]],
    verb: Callable[[str], object],
    permit: Callable[[], object] = lambda: None,
) -> Tally:
    """Do `verb`, whose event is `action`, to each row that `find` gives the id of.

    `find` takes the most ids it may give. A row whose verb refuses stays as it is, on record.

    Raises:
        Grown: there are more rows than were shown; nothing was changed. BadInput: more than
        `MOST`. Refused: `permit` does.
    """
    kind = action.partition(".")[0]
    with read_only():
        log, ids = checkpoint(), find(MOST + 1)
    with act(actor, f"{action}_in_bulk", kind) as deed:
        permit()
        check_size(asked.shown)
        if checkpoint() != log:
            ids = find(MOST + 1)
        if len(ids) > asked.shown:
            raise Grown(shown=asked.shown, now=len(ids))
        deed.detail = {"asked": asked.words, "shown": asked.shown, "found": len(ids)}
        refusals = _each(actor, action, ids[:AT_ONCE], verb)
    for start in range(AT_ONCE, len(ids), AT_ONCE):
        with transaction():
            refusals += _each(actor, action, ids[start : start + AT_ONCE], verb)
    why = refusals[0] if refusals else ""
    return Tally(done=len(ids) - len(refusals), refused=len(refusals), why=why)


def check_size(shown: int) -> None:
    """Raise BadInput where one act would be about too many rows."""
    if shown > MOST:
        raise BadInput(why=f"That is more than {MOST:,} at once; narrow the filter first.")


def _each(
    actor: Actor, action: str, ids: Sequence[str], verb: Callable[[str], object]
) -> list[str]:
    """The sentences of the verbs that refused; like every refusal, they are events (I1)."""
    refusals = []
    for row_id in ids:
        try:
            verb(row_id)
        except Refused as refusal:
            detail = {"code": refusal.code, "why": str(refusal)}
            append(actor, action, action.partition(".")[0], row_id, detail, outcome="refused")
            refusals.append(str(refusal))
    return refusals
