"""A folder, or one file of it: which checks there are to do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from templates.verifier.document import check_document
from templates.verifier.findings import Finding, look
from templates.verifier.log import check_log
from templates.verifier.pages import other_record, record_in, unproved_pages
from templates.verifier.proof import check_printed, check_proof
from templates.verifier.seal import SEAL_UNCHECKED, wrong_seal
from templates.verifier.spelling import canonical, read_json, sha256

LISTED = "as document_hash.txt lists it"
HASHES, DOCUMENT, PROOF = "document_hash.txt", "handover.json", "proof.json"


def check_path(path: Path, printed: list[str]) -> tuple[str, list[Finding]]:
    """The document hash, if there is a document, and everything found.

    Raises:
        OSError: nothing there that could be read.
    """
    if path.is_dir() or path.name in _listed(path.parent):
        return _check_folder(path if path.is_dir() else path.parent, printed)
    if path.suffix == ".jsonl":
        return "", check_log(path, printed)
    data = path.read_bytes()
    if not data.startswith(b"%PDF-"):
        return sha256(data), _check_record(data, None, printed)
    document, proof = record_in(data)
    found = _check_record(document, proof, printed)
    return sha256(document), [unproved_pages(path.name), *found]


def _listed(folder: Path) -> set[str]:
    """The pages that a list of hashes in a folder proves; a handover.json proves itself."""
    listing = folder / HASHES
    lines = listing.read_text(errors="replace").splitlines() if listing.is_file() else []
    return {line.partition("  ")[2] for line in lines} - {DOCUMENT}


def _check_folder(folder: Path, printed: list[str]) -> tuple[str, list[Finding]]:
    if (folder / DOCUMENT).exists() and not (folder / DOCUMENT).is_file():
        return "", [Finding("document readable", f"{DOCUMENT}: {_no_file(folder / DOCUMENT)}")]
    data = (folder / DOCUMENT).read_bytes()
    proof = (folder / PROOF).read_bytes() if (folder / PROOF).is_file() else None
    missing = Finding("proof readable", f"{PROOF}: {_no_file(folder / PROOF)}")
    return sha256(data), [
        *_check_hashes(folder),
        *_check_seal(folder),
        *_check_record(data, proof, printed),
        *([missing] if proof is None else _check_pages(folder, [data, proof])),
        *_check_sources(folder, data, proof),
        *_check_standing(folder, sha256(data)),
    ]


def _check_record(data: bytes, proof: bytes | None, printed: list[str]) -> list[Finding]:
    said, found = check_document(data)
    if said is None:
        return found
    known = None
    if proof is not None:
        known, more = check_proof(proof, said, sha256(data))
        found = [*found, *more]
    return found + [check_printed(mark, said, known) for mark in printed]


def _check_hashes(folder: Path) -> list[Finding]:
    if _no_file(folder / HASHES):
        return [Finding(HASHES, _no_file(folder / HASHES))]
    data = (folder / HASHES).read_bytes()
    try:
        lines = [line.split("  ", 1) for line in data.decode().splitlines()]
        named = {name: digest for digest, name in lines}
    except ValueError:
        return [Finding(HASHES, "the file is not a list of hashes")]
    unnamed = sorted({path.name for path in folder.iterdir()} - {*named, HASHES})
    as_written = "".join(f"{digest}  {name}\n" for name, digest in named.items()).encode() == data
    return [
        Finding(HASHES, "" if as_written else "the file is not as it was written"),
        Finding("every file listed", f"not in the list: {', '.join(unnamed)}" if unnamed else ""),
        *(look(name, partial(_changed, folder, name, digest), LISTED)
          for name, digest in named.items()),
    ]  # fmt: skip


def _changed(folder: Path, name: str, digest: str) -> str:
    if name != Path(name).name:
        return "the name leads out of the folder"
    if _no_file(folder / name):
        return _no_file(folder / name)
    found = sha256((folder / name).read_bytes())
    return "" if found == digest else f"its SHA-256 is {found}, not {digest}"


def _no_file(path: Path) -> str:
    if path.is_symlink():
        return "it is a link to another place, not a file"
    if path.is_file():
        return ""
    return "it is not a file" if path.exists() else "the file is missing"


def _check_pages(folder: Path, record: list[bytes]) -> list[Finding]:
    pdf = folder / "handover.pdf"
    if not pdf.is_file():
        return []
    return [look("record in the PDF", lambda: other_record(pdf.read_bytes(), record))]


def _check_seal(folder: Path) -> list[Finding]:
    sealed, pdf = folder / "handover.sealed.pdf", folder / "handover.pdf"
    if not sealed.exists():
        return []
    return [look("place of the seal", lambda: wrong_seal(sealed.read_bytes(), pdf.read_bytes()),
                 SEAL_UNCHECKED)]  # fmt: skip


def _check_sources(folder: Path, data: bytes, proof: bytes | None) -> list[Finding]:
    """The source documents, as far as they lie where the ship keeps them."""
    try:
        said, proved = read_json(data), read_json(proof or b"")
    except (ValueError, RecursionError):
        return []
    return [look("sources", lambda: _other_sources(folder, said, proved))]


def _other_sources(folder: Path, said: Any, proved: Any) -> str:
    items = [i for section in said["sections"] for i in section["items"]]
    named = {d["id"]: d for item in items for d in item["sources"]["documents"]}
    if canonical(proved["sources"]) != canonical([*named.values()]):
        return "proof.json lists other sources than the document rests on"
    for source in named.values():
        original = folder / ".." / ".." / "sources" / source["id"] / "original"
        if original.is_file() and sha256(original.read_bytes()) != source["sha256"]:
            return f"not the file that was attached: {source['name']} ({source['id']})"
    return ""


def _check_standing(folder: Path, document_hash: str) -> list[Finding]:
    """Whether a correction lies beside: the next folder by name, ids being in time order."""
    beside = folder.resolve().parent.iterdir()
    later = sorted(path for path in beside if path.name > folder.resolve().name)
    try:
        said: Any = read_json((later[0] / DOCUMENT).read_bytes()) if later else {}
        corrected = said.get("supersedes") or {}
        if corrected.get("document_hash") != document_hash:
            return []
        told = f"no, superseded by {said['document_number']}: {corrected['reason']}"
    except (OSError, ValueError, LookupError, AttributeError):
        return []
    return [Finding("still in force", "", told)]
