"""Is the document what two people signed? Needs no store: only its bytes (I15).

The snapshot carries both public keys, both signed statements and the hash of the content the first
signature froze.
"""

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from storage.canonical import canonical_json, sha256_hex
from storage.clock import to_text
from storage.handovers.checks import Check, check
from storage.handovers.snapshot import (
    FRAME,
    Position,
    Signature,
    Snapshot,
    amendment_hash,
    frame_hash,
)
from storage.people.keys import is_signed
from storage.value import Value


class Read(Value):
    """A document that could be read, and the checks of it."""

    snapshot: Snapshot | None
    checks: tuple[Check, ...]


def check_document(data: bytes) -> Read:
    """Check the bytes of one handover.json."""
    try:
        snapshot = Snapshot.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        complaint = f"{where}: {first['msg']}"
        return Read(snapshot=None, checks=(check("document readable", complaint),))
    return Read(snapshot=snapshot, checks=tuple(_checks(snapshot, data)))


def _checks(snapshot: Snapshot, data: bytes) -> list[Check]:
    spelt = canonical_json(snapshot.model_dump(mode="json")) == data
    frozen = _content_hash(snapshot) == snapshot.content_hash
    return [
        check("document readable", "", _named(snapshot)),
        check("document canonical",
              "" if spelt else "the bytes are not the canonical form of what they say"),
        check("content as accepted",
              "" if frozen else "the content is not what the outgoing officer accepted"),
        check("two different people",
              "" if _are_two(snapshot.signatures)
              else "a handover is signed by two different people, each once"),
        *(_check_signature(snapshot, position) for position in Position),
    ]  # fmt: skip


def _named(snapshot: Snapshot) -> str:
    corrected = snapshot.supersedes
    return snapshot.document_number + (
        f", supersedes {corrected.document_number}" if corrected else ""
    )


def _check_signature(snapshot: Snapshot, position: Position) -> Check:
    name = f"{position} signature"
    signature = next((s for s in snapshot.signatures if s.position is position), None)
    if signature is None:
        return check(name, "it is missing")
    problem = next(
        (words for words, wrong in _signature_problems(snapshot, signature) if wrong()), ""
    )
    return check(name, problem, f"{signature.name}, {signature.role}")


def _signature_problems(
    snapshot: Snapshot, signature: Signature
) -> list[tuple[str, Callable[[], bool]]]:
    statement = signature.statement
    printed = {name: statement.get(name) for name in ("name", "role", "person_id", "meaning")}
    incoming = signature.position is Position.INCOMING
    return [
        ("the signature was not made by this key over this statement",
         lambda: not is_signed(
             signature.public_key, signature.signature, canonical_json(statement))),
        ("it is over other content",
         lambda: statement.get("content_hash") != snapshot.content_hash),
        ("it is for another handover", lambda: statement.get("draft_id") != snapshot.draft_id),
        ("it is for the other position", lambda: statement.get("position") != signature.position),
        ("the printed name, role, meaning or time is not the signed one",
         lambda: any(getattr(signature, name) != value for name, value in printed.items())
         or to_text(signature.signed_at) != statement.get("signed_at")),
        ("it is over another correction, or none",
         lambda: statement.get("amendment_hash")
         != amendment_hash(snapshot.supersedes, snapshot.changes)),
        ("the read-backs are not those that were signed",
         lambda: incoming and not _read_backs_are_signed(snapshot, signature)),
        ("the number, the checkpoint or the note is not the signed one",
         lambda: incoming and statement.get("frame_hash") != frame_hash(snapshot)),
    ]  # fmt: skip


def _read_backs_are_signed(snapshot: Snapshot, signature: Signature) -> bool:
    given = {i.id: i.read_back for s in snapshot.sections for i in s.items if i.read_back}
    spoken = {item: read_back.text for item, read_back in given.items()}
    by_relief = all((r.by, r.at) == (signature.name, signature.signed_at) for r in given.values())
    signed = signature.statement.get("read_backs_hash")
    return by_relief and signed == sha256_hex(canonical_json(spoken))


def _are_two(signatures: Sequence[Signature]) -> bool:
    return len(signatures) == len({s.person_id for s in signatures}) == 2


def _content_hash(snapshot: Snapshot) -> str:
    content = snapshot.model_dump(mode="json", exclude={*FRAME, "content_hash", "signatures"})
    for section in content["sections"]:
        for item in section["items"]:
            item["read_back"] = None
    return sha256_hex(canonical_json(content))
