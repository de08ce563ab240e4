"""handover.json: is it what two people signed?"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from templates.verifier.ed25519 import is_signed
from templates.verifier.findings import Finding, look
from templates.verifier.spelling import canonical, moment, read_json, sha256

FRAME = ("changes", "checkpoint", "document_number", "format", "note", "supersedes")
"""What comes with the second signature, which covers it by `frame_hash`."""


def check_document(data: bytes) -> tuple[Any, list[Finding]]:
    """The document, if it can be read, and what was found."""
    try:
        said = read_json(data)
        if said["format"] != "eightbells.handover/1":
            raise ValueError("its format is not eightbells.handover/1")
        number = str(said["document_number"])
    except (ValueError, RecursionError) as error:
        return None, [Finding("document readable", f"handover.json: {error}")]
    except (LookupError, TypeError):
        return None, [Finding("document readable", "handover.json: it says nothing of a handover")]
    return said, [
        Finding("document readable", "", number),
        look("document canonical", lambda: _not_canonical(said, data)),
        look("content as accepted", lambda: _other_content(said)),
        look("two different people", lambda: _not_two(said)),
        *(_check_signature(said, position) for position in ("outgoing", "incoming")),
    ]


def _not_canonical(said: Any, data: bytes) -> str:
    return (
        "" if canonical(said) == data else "the bytes are not the canonical form of what they say"
    )


def _other_content(said: Any) -> str:
    left_out = (*FRAME, "content_hash", "signatures")
    content = json.loads(canonical({k: v for k, v in said.items() if k not in left_out}))
    for section in content["sections"]:
        for item in section["items"]:
            item["read_back"] = None
    frozen = sha256(canonical(content)) == said["content_hash"]
    return "" if frozen else "the content is not what the outgoing officer accepted"


def _not_two(said: Any) -> str:
    signed = said["signatures"]
    two = len(signed) == len({one["person_id"] for one in signed}) == 2
    return "" if two else "a handover is signed by two different people, each once"


def _check_signature(said: Any, position: str) -> Finding:
    try:
        one = next(one for one in said["signatures"] if one["position"] == position)
        praise = f"{one['name']}, {one['role']}, {one['signed_at']}: {one['meaning']}"
    except (StopIteration, LookupError, TypeError):
        return Finding(f"{position} signature", "it is missing")
    wrong = partial(_wrong_with, said, one, position == "incoming")
    return look(f"{position} signature", wrong, praise)


def _wrong_with(said: Any, one: Any, incoming: bool) -> str:
    statement = one["statement"]
    if not is_signed(one["public_key"], one["signature"], canonical(statement)):
        return "the signature was not made by this key over this statement"
    if statement.get("content_hash") != said["content_hash"]:
        return "it is over other content"
    if statement.get("draft_id") != said["draft_id"]:
        return "it is for another handover"
    if statement.get("position") != one["position"]:
        return "it is for the other position"
    printed = all(statement.get(k) == one[k] for k in ("name", "role", "person_id", "meaning"))
    if not printed or moment(statement.get("signed_at")) != moment(one["signed_at"]):
        return "the printed name, role, meaning or time is not the signed one"
    if statement.get("amendment_hash") != _amendment(said):
        return "it is over another correction, or none"
    if incoming and not _read_backs_are_signed(said, one):
        return "the read-backs are not those that were signed"
    frame = sha256(canonical({name: said[name] for name in FRAME}))
    if incoming and statement.get("frame_hash") != frame:
        return "the number, the checkpoint or the note is not the signed one"
    return ""


def _amendment(said: Any) -> str | None:
    if said["supersedes"] is None:
        return None
    return sha256(canonical({"supersedes": said["supersedes"], "changes": said["changes"]}))


def _read_backs_are_signed(said: Any, one: Any) -> bool:
    items = [item for section in said["sections"] for item in section["items"]]
    given = {item["id"]: item["read_back"] for item in items if item["read_back"]}
    spoken = {item: read_back["text"] for item, read_back in given.items()}
    by_relief = all((r["by"], r["at"]) == (one["name"], one["signed_at"]) for r in given.values())
    return by_relief and one["statement"].get("read_backs_hash") == sha256(canonical(spoken))
