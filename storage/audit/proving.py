"""What proves an event to be in the log: its fingerprint, and short proofs against it.

The leaves are the stored hashes of the events. Nothing is kept beside them: a tree is made when a
fingerprint is printed or a handover exported, in about four seconds for a million events.
"""

import json
from collections.abc import Iterator
from typing import Any

from storage.audit.chain import COLUMNS, Checkpoint
from storage.audit.merkle import Tree
from storage.database import read_only
from storage.engine import ledger


def fingerprint() -> Checkpoint:
    """The log's size and the root of its tree: what is written on paper."""
    with read_only():
        tree, size = tree_of()
        return Checkpoint(size=size, root=tree.root(size).hex())


def tree_of(size: int | None = None) -> tuple[Tree, int]:
    """The tree over the first `size` events, or all there are, and how many it holds."""
    rows = ledger.execute_sql(
        "SELECT hash FROM audit_event WHERE seq <= ? ORDER BY seq",
        (2**62 if size is None else size,),
    ).fetchall()
    return Tree([bytes.fromhex(text) for (text,) in rows]), len(rows)


def begins_with(mark: Checkpoint) -> bool:
    """Whether the log's first events have the root of a fingerprint printed earlier."""
    try:
        tree, size = tree_of(mark.size)
    except ValueError:  # a stored hash that is none
        return False
    return size == mark.size and tree.root(size).hex() == mark.root


def stored_events(after: int, last: int) -> Iterator[dict[str, Any]]:
    """The events after `after` up to `last` with what their hashes cover, in order."""
    for *values, stored in rows_between(after, last):
        event = dict(zip(COLUMNS, values, strict=True))
        yield {**event, "detail": json.loads(event["detail"]), "hash": stored}


def rows_between(after: int, last: int) -> list[tuple[Any, ...]]:
    """The same events as rows: the values of `COLUMNS`, then the stored hash."""
    names = ", ".join((*COLUMNS, "hash"))
    chosen = f"SELECT {names} FROM audit_event WHERE seq > ? AND seq <= ? ORDER BY seq"
    return list(ledger.execute_sql(chosen, (after, last)).fetchall())
