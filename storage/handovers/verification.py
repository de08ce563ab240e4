"""Is what lies in a folder what was signed? Needs no store: only the files (I15).

document_hash.txt lists the SHA-256 of each file of the signed set, `handover.json` first; that
first hash is the document hash printed on every page. The snapshot carries both public keys, both
signed statements and the hash of the content the first signature froze.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from storage.canonical import canonical_json, sha256_hex
from storage.clock import to_text
from storage.errors import NotFound
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

HASHES = "document_hash.txt"
DOCUMENT = "handover.json"


class Check(Value):
    """One thing looked at; `detail` names what and where when it is not as signed."""

    name: str
    ok: bool
    detail: str = ""


class Verdict(Value):
    """All checks; `ok` only when every one is."""

    ok: bool
    checks: tuple[Check, ...]


def verify_path(path: Path) -> Verdict:
    """Check a signed folder, or its handover.json alone.

    Raises:
        NotFound: nothing there that could be checked.
    """
    folder = path if path.is_dir() else path.parent
    document = folder / DOCUMENT if path.is_dir() else path
    if not document.is_file():
        raise NotFound(kind="handover.json in", id=str(path))
    checks = _check_hashes(folder) if path.is_dir() else []
    data = document.read_bytes()
    checks += verify_document(data)
    checks += _check_standing(folder, sha256_hex(data)) if path.is_dir() else []
    return Verdict(ok=all(check.ok for check in checks), checks=tuple(checks))


def verify_document(data: bytes) -> list[Check]:
    """Check the bytes of one handover.json."""
    try:
        snapshot = Snapshot.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        return [Check(name="document readable", ok=False, detail=f"{where}: {first['msg']}")]
    return [
        Check(name="document readable", ok=True, detail=_named(snapshot)),
        _same("document canonical", canonical_json(snapshot.model_dump(mode="json")) == data,
              "the bytes are not the canonical form of what they say"),
        _same("content as accepted", _content_hash(snapshot) == snapshot.content_hash,
              "the content is not what the outgoing officer accepted"),
        _same("two different people", _are_two(snapshot.signatures),
              "a handover is signed by two different people, each once"),
        *(_check_signature(snapshot, position) for position in Position),
    ]  # fmt: skip


def _named(snapshot: Snapshot) -> str:
    corrected = snapshot.supersedes
    return snapshot.document_number + (
        f", supersedes {corrected.document_number}" if corrected else ""
    )


def _check_standing(folder: Path, document_hash: str) -> list[Check]:
    """Whether a correction lies beside the folder, as far as files can tell.

    Only the newest handover is corrected and a vessel has one open draft, so the correction is the
    next folder by name: ids are in the order of time.
    """
    later = sorted(path for path in folder.resolve().parent.iterdir() if path.name > folder.name)
    document = later[0] / DOCUMENT if later else None
    if document is None or not document.is_file():
        return []
    try:
        snapshot = Snapshot.model_validate_json(document.read_bytes())
    except ValidationError:
        return []
    corrected = snapshot.supersedes
    if corrected is None or corrected.document_hash != document_hash:
        return []
    said = f"superseded by {snapshot.document_number}: {corrected.reason}"
    return [Check(name="still in force", ok=True, detail=f"no, {said}")]


def hash_listing(hashes: Mapping[str, str]) -> bytes:
    """The bytes of document_hash.txt for these files (name → SHA-256), in this order."""
    return "".join(f"{digest}  {name}\n" for name, digest in hashes.items()).encode()


def _check_hashes(folder: Path) -> list[Check]:
    listing = folder / HASHES
    if not listing.is_file():
        return [Check(name=HASHES, ok=False, detail="the file is missing")]
    data = listing.read_bytes()
    try:
        lines = [line.split("  ", 1) for line in data.decode().splitlines()]
        named = {name: digest for digest, name in lines}
    except ValueError:
        return [Check(name=HASHES, ok=False, detail="the file is not a list of hashes")]
    unnamed = {path.name for path in folder.iterdir()} - {*named, HASHES}
    return [
        _same(HASHES, hash_listing(named) == data, "the file is not as it was written"),
        _same("every file listed", not unnamed, f"not in the list: {', '.join(sorted(unnamed))}"),
        *(_check_file(folder / name, digest) for name, digest in named.items()),
    ]


def _check_file(path: Path, digest: str) -> Check:
    if not path.is_file():
        return Check(name=path.name, ok=False, detail="the file is missing")
    found = sha256_hex(path.read_bytes())
    return _same(path.name, found == digest, f"its SHA-256 is {found}, not {digest}")


def _check_signature(snapshot: Snapshot, position: Position) -> Check:
    name = f"{position} signature"
    signature = next((s for s in snapshot.signatures if s.position is position), None)
    if signature is None:
        return Check(name=name, ok=False, detail="it is missing")
    problem = next(
        (words for words, wrong in _signature_problems(snapshot, signature) if wrong()), ""
    )
    return Check(name=name, ok=not problem, detail=problem or f"{signature.name}, {signature.role}")


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


def _same(name: str, ok: bool, complaint: str) -> Check:
    return Check(name=name, ok=ok, detail="" if ok else complaint)
