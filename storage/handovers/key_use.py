"""What an audit event says about somebody's key: that it is theirs, that it ended (pure)."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from storage.audit.chain import COLUMNS

SIGNING = frozenset({"draft.accepted", "handover.signed"})


class KeyEvent(NamedTuple):
    """One event: whose key it names, which, which it ends, and whether it was signed with it."""

    seq: int
    subject_id: str
    person_id: str
    actor_name: str
    named: str
    ended: str
    signs: bool


def key_event(values: Sequence[Any]) -> KeyEvent:
    """Read the values of `COLUMNS`. What was refused says nothing about any key.

    Raises:
        ValueError, LookupError, TypeError: they are no event.
    """
    event = dict(zip(COLUMNS, values, strict=True))
    detail = json.loads(event["detail"])
    if not isinstance(detail, dict):
        raise TypeError("the detail of an event is an object")
    said = detail if event["outcome"] == "done" else {}
    own = event["subject_kind"] == "person"
    return KeyEvent(
        seq=int(event["seq"]),
        subject_id=event["subject_id"],
        person_id=event["subject_id"] if own else event["actor_id"],
        actor_name=event["actor_name"],
        named=str(said.get("public_key", "")),
        ended=str(said.get("ended_key", "")),
        signs=event["action"] in SIGNING,
    )


class KeysInUse:
    """Whose key is which, as a log is read from its beginning."""

    def __init__(self) -> None:
        self._in_use: dict[str, str] = {}

    def wrong_with(self, event: KeyEvent) -> str:
        """Take the next event in; what is wrong about the key it was signed with, or nothing.

        An event of a version that named no keys is taken at its word.
        """
        if event.signs and event.named:
            if self._in_use.setdefault(event.person_id, event.named) != event.named:
                return f"event {event.seq}: signed with a key {event.actor_name} did not use then"
            return ""
        if event.ended:
            self._in_use[event.person_id] = ""
        if event.named:
            self._in_use[event.person_id] = event.named
        return ""
