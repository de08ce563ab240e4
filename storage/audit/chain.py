"""How one audit event follows another (pure): the hash of an event covers the hash before it."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from storage.errors import BadInput
from storage.text import visible
from storage.value import Value

GENESIS = "0" * 64
COLUMNS = (
    "seq",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "action",
    "outcome",
    "subject_kind",
    "subject_id",
    "job_id",
    "trace_id",
    "detail",
    "prev_hash",
)
"""What the hash covers, in this order, each as the text or number the store holds."""

_PRINTED = re.compile(r"(\d{1,15}):([0-9a-f]{64})")
_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


class Checkpoint(Value):
    """The log's size, and one hash that stands for all of it up to there.

    `root` is the hash of the last event, which covers all before it; in what is printed it is the
    root of the tree over all events, by which short proofs are made.
    """

    size: int
    root: str

    def __str__(self) -> str:
        return f"{self.size}:{self.root}"


def read_checkpoint(text: str) -> Checkpoint:
    """A fingerprint as it was printed, `SIZE:ROOT`.

    Raises:
        BadInput: it is none.
    """
    match = _PRINTED.fullmatch(text.strip())
    if match is None:
        raise BadInput(
            why=f"{visible(text)!r} is not a checkpoint like 120:9f2c…; see `audit checkpoint`."
        )
    return Checkpoint(size=int(match[1]), root=match[2])


def event_hash(values: Sequence[Any]) -> str:
    """SHA-256 over the JSON array of an event's stored column values, `prev_hash` last."""
    return hashlib.sha256(_ENCODER.encode(list(values)).encode()).hexdigest()


def first_break(
    rows: Iterable[Sequence[Any]], after: Checkpoint | None = None
) -> tuple[int, str] | None:
    """The sequence number and reason of the first event that does not follow; None if all do.

    `rows` are tuples of `COLUMNS` values plus the stored hash, in sequence order from 1, or from
    the event behind a checkpoint that holds.
    """
    expected_seq, prev = (after.size + 1, after.root) if after else (1, GENESIS)
    for *values, stored in rows:
        if values[0] != expected_seq:
            return expected_seq, f"event {expected_seq} is missing, {values[0]} stands in its place"
        if values[-1] != prev:
            return expected_seq, "it does not follow the event before it"
        if event_hash(values) != stored:
            return expected_seq, "its content is not what was recorded"
        expected_seq, prev = expected_seq + 1, stored
    return None
