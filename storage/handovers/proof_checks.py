"""Does proof.json prove what handover.json says? Needs no store: only the two (I15)."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from storage.audit.chain import COLUMNS, Checkpoint, event_hash
from storage.audit.merkle import root_by_inclusion, roots_by_consistency
from storage.canonical import canonical_json
from storage.handovers.checks import Check, check
from storage.handovers.key_checks import events_of_keys, is_format_of_its_keys, misused
from storage.handovers.proof import PROOF, BoundKey, Earlier, LoggedEvent, Proof
from storage.handovers.snapshot import FIRST_NUMBER, Snapshot
from storage.value import Value

_ACTION, _OUTCOME = COLUMNS.index("action"), COLUMNS.index("outcome")
_SUBJECT, _DETAIL = COLUMNS.index("subject_id"), COLUMNS.index("detail")


class Proved(Value):
    """A proof that could be read, and the checks of it."""

    proof: Proof | None
    checks: tuple[Check, ...]


def check_proof(data: bytes, snapshot: Snapshot, document_hash: str) -> Proved:
    """Hold the bytes of one proof.json against the document beside it."""
    try:
        proof = Proof.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        complaint = f"{PROOF}: {where}: {first['msg']}"
        return Proved(proof=None, checks=(check("proof readable", complaint),))
    spelt = canonical_json(proof.model_dump(mode="json")) == data
    before = proof.previous.document_number if proof.previous else "it is the first"
    checks = (
        check("proof readable",
              "" if spelt else f"{PROOF} is not the canonical form of what it says"),
        check("proof of this document", _other_document(proof, snapshot, document_hash)),
        check("keys of the crew", next(_wrong_keys(proof, snapshot), "")),
        check("audit events", next(_gaps(proof, snapshot.checkpoint), "")),
        check("signing event", _not_signing(proof, snapshot.draft_id)),
        check("in the log", next(_strangers(proof), ""), str(proof.log)),
        check("after the handover before", _not_grown(proof), before),
    )  # fmt: skip
    return Proved(proof=proof, checks=checks)


def check_printed(mark: Checkpoint, snapshot: Snapshot, proof: Proof | None) -> Check:
    """Hold a folder against a checkpoint that somebody noted on paper."""
    known = [snapshot.checkpoint]
    if proof is not None:
        known += [Checkpoint(size=_seq(e), root=e.hash) for e in proof.events]
        known += [proof.log, *([proof.previous.log] if proof.previous else [])]
    same_size = [other for other in known if other.size == mark.size]
    if mark in same_size:
        return check("checkpoint given", "", f"{mark.size} is in the log that is proved here")
    sizes = ", ".join(str(size) for size in sorted({other.size for other in known}))
    complaint = (
        f"the log of {mark.size} events had another root when that was printed"
        if same_size
        else f"this folder proves the log at {sizes} events, not at {mark.size}; check an export "
        "of the log instead"
    )
    return check("checkpoint given", complaint)


def _other_document(proof: Proof, snapshot: Snapshot, document_hash: str) -> str:
    if proof.document_number != snapshot.document_number:
        return f"it is for {proof.document_number}, not {snapshot.document_number}"
    if proof.document_hash != document_hash:
        return f"it is for the document with SHA-256 {proof.document_hash}"
    return ""


def _wrong_keys(proof: Proof, snapshot: Snapshot) -> Iterator[str]:
    signatures = snapshot.signatures
    expected = [(s.person_id, s.name, s.public_key) for s in signatures]
    given = [(key.person_id, key.name, key.public_key) for key in proof.keys]
    for signature, wanted in zip(signatures, expected, strict=True):
        if wanted not in given:
            yield f"{signature.position}: the key is not one of {signature.name} in the crew list"
    if given != expected:
        yield "the crew list has other keys than the signatures"
        return
    for signature, key in zip(signatures, proof.keys, strict=True):
        problem = misused(key, snapshot.draft_id) if isinstance(key, BoundKey) else ""
        if problem:
            yield f"{signature.position}: {problem}"
    if not is_format_of_its_keys(proof):
        yield "the events that say whose keys they are were left out"


def _gaps(proof: Proof, since: Checkpoint) -> Iterator[str]:
    """What does not follow, from the checkpoint that both officers signed to the last event."""
    expected, prev = since.size + 1, since.root
    for event in proof.events:
        if len(event.values) != len(COLUMNS):
            yield f"event {expected} is not one"
        elif _seq(event) != expected:
            yield f"event {expected} is missing, {_seq(event)} stands in its place"
        elif event.values[-1] != prev:
            yield f"event {expected} does not follow the event before it"
        elif event_hash(event.values) != event.hash:
            yield f"event {expected}: its content is not what was recorded"
        expected, prev = expected + 1, event.hash
    if expected != proof.log.size + 1:
        yield f"the events end at {expected - 1}, the log at {proof.log.size}"


def _not_signing(proof: Proof, draft_id: str) -> str:
    if not proof.events:
        return "there is none"
    last = proof.events[-1]
    if len(last.values) != len(COLUMNS) or last.values[_SUBJECT] != draft_id:
        return f"event {_seq(last)} is not the signing of this handover"
    return _signs_another(last, proof.document_number, proof.document_hash)


def _signs_another(event: LoggedEvent, number: str, document_hash: str) -> str:
    values = event.values
    if len(values) != len(COLUMNS) or event_hash(values) != event.hash:
        return f"event {_seq(event)}: its content is not what was recorded"
    if (values[_ACTION], values[_OUTCOME]) != ("handover.signed", "done"):
        return f"event {_seq(event)} signs nothing"
    said = _detail(values[_DETAIL])
    same = (said.get("number"), said.get("document_hash")) == (number, document_hash)
    return "" if same else f"event {_seq(event)} signs another document"


def _strangers(proof: Proof) -> Iterator[str]:
    before = [proof.previous.signed] if proof.previous else []
    for event in (*proof.events, *before, *events_of_keys(proof)):
        leaf, path = _bytes(event.hash), [_bytes(step) for step in event.path]
        found = root_by_inclusion(leaf, _seq(event) - 1, proof.log.size, path)
        if found is None or found.hex() != proof.log.root:
            yield (
                f"event {_seq(event)} is not in the log of {proof.log.size} events with root "
                f"{proof.log.root}"
            )


def _not_grown(proof: Proof) -> str:
    before = proof.previous
    if before is None:
        first = proof.document_number == FIRST_NUMBER
        return "" if first else f"no handover is named before {proof.document_number}"
    if _leads_on(before, proof.log):
        last = _seq(before.signed) == before.log.size
        another = _signs_another(before.signed, before.document_number, before.document_hash)
        return another if last else f"{before.document_number} was not signed by its last event"
    return (
        f"the log of {proof.log.size} events does not begin with the {before.log.size} events that "
        f"{before.document_number} was signed in"
    )


def _leads_on(before: Earlier, log: Checkpoint) -> bool:
    path = [_bytes(step) for step in before.path]
    roots = roots_by_consistency(before.log.size, log.size, _bytes(before.log.root), path)
    return roots == (_bytes(before.log.root), _bytes(log.root))


def _seq(event: LoggedEvent) -> int:
    first = event.values[0] if event.values else 0
    return first if isinstance(first, int) else 0


def _detail(text: object) -> dict[str, Any]:
    try:
        said = json.loads(str(text))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
