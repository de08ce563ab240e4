"""Events that say whose key is which, and from when to when."""

from __future__ import annotations

import hashlib
import json
from typing import Any

COLUMNS = (
    "seq", "at", "actor_kind", "actor_id", "actor_name", "action", "outcome",
    "subject_kind", "subject_id", "job_id", "trace_id", "detail", "prev_hash",
)  # fmt: skip
"""What the hash of an event covers, in this order."""


def event_hash(values: Any) -> str:
    """The hash of an event: over the JSON array of its values, the hash before it last."""
    text = json.dumps(list(values), separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def what_is_said(values: Any) -> Any:
    """What an event says about a key: whose it is, that it ended, that it signed something."""
    event = {name: values[place] for place, name in enumerate(COLUMNS)}
    detail = json.loads(event["detail"])
    if event["outcome"] != "done":
        detail = {}
    whose = event["subject_id"] if event["subject_kind"] == "person" else event["actor_id"]
    return {
        **event,
        "person_id": whose,
        "public_key": detail.get("public_key"),
        "ended_key": detail.get("ended_key"),
        "signs": event["action"] in ("draft.accepted", "handover.signed"),
    }


def wrong_life(key: Any, draft_id: str) -> str:
    """What is wrong with the life of a key that signed, from the events that tell it."""
    events = [key["named"], key["signed"], *([] if key["ended"] is None else [key["ended"]])]
    for event in events:
        if len(event["values"]) != len(COLUMNS) or event_hash(event["values"]) != event["hash"]:
            return f"event {event['values'][0]}: its content is not what was recorded"
    named, signed, *last = [what_is_said(event["values"]) for event in events]
    mine = (key["person_id"], key["public_key"])
    if (named["person_id"], named["public_key"]) != mine:
        return f"event {named['seq']} does not say that the key is one of {key['name']}"
    theirs = signed["signs"] and signed["subject_id"] == draft_id
    if not theirs or (signed["person_id"], signed["public_key"]) != mine:
        return f"event {signed['seq']} is not their signature with this key"
    if named["seq"] > signed["seq"]:
        return f"the key was not in use yet when it signed (event {signed['seq']})"
    if last and last[0]["ended_key"] != key["public_key"]:
        return f"event {last[0]['seq']} does not end the key"
    if last and last[0]["seq"] < signed["seq"]:
        return f"the key was no longer in use when it signed (event {signed['seq']})"
    return ""


def misuse(event: Any, in_use: dict[str, Any]) -> str:
    """Follow whose key is which through a log; what is wrong with a signature in it."""
    said = what_is_said([event[name] for name in COLUMNS])
    whose, key = said["person_id"], said["public_key"]
    if said["signs"] and key:
        wrong = in_use.setdefault(whose, key) != key
        name, seq = said["actor_name"], said["seq"]
        return f"event {seq}: signed with a key {name} did not use then" if wrong else ""
    if said["ended_key"]:
        in_use[whose] = ""
    if key:
        in_use[whose] = key
    return ""
