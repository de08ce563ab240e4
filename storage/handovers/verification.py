"""Is what lies in a folder what was signed? Needs no store: only the files (I15).

document_hash.txt lists the SHA-256 of each file of the signed set, `handover.json` first; that
first hash is the document hash printed on every page. Nobody signs that list: what it alone
names (the pages) is as it says, and the record that a PDF carries is held against the files. A
folder of an earlier version has neither proof.json nor verify.py, and just the document is proved.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from storage.audit.chain import Checkpoint
from storage.canonical import sha256_hex
from storage.errors import NotFound
from storage.handovers import log_checks
from storage.handovers.checks import Check, Verdict, check
from storage.handovers.document_checks import check_document
from storage.handovers.pdf_record import other_record
from storage.handovers.proof import PROOF, AttachedSource, Proof, attached_sources
from storage.handovers.proof_checks import check_printed, check_proof
from storage.handovers.seals import SEALED, complaint_about
from storage.handovers.snapshot import Snapshot

HASHES = "document_hash.txt"
LISTED = "as document_hash.txt lists it"
VERIFIER = "verify.py"
DOCUMENT = "handover.json"
SOURCES = Path("..", "..", "sources")
"""Where the source documents lie, as seen from a signed folder."""


def verify_path(path: Path, printed: Sequence[Checkpoint] = ()) -> Verdict:
    """Check a signed folder, its handover.json alone, or an export of the log (`.jsonl`).

    What was found is held against the checkpoints that somebody noted, too. A file that is there
    and cannot be read is a complaint that names it.

    Raises:
        NotFound: nothing there that could be checked.
    """
    try:
        return _verify(path, printed)
    except OSError as error:
        where = Path(error.filename or path).name
        return verdict_of([check(where, f"it cannot be read: {error.strerror}")])


def _verify(path: Path, printed: Sequence[Checkpoint]) -> Verdict:
    if path.suffix == log_checks.SUFFIX and path.is_file():
        return verdict_of(log_checks.check_log(path, printed))
    folder = path if path.is_dir() else path.parent
    document = folder / DOCUMENT if path.is_dir() else path
    if not document.is_file():
        raise NotFound(kind="handover.json in", id=str(path))
    data = document.read_bytes()
    if not path.is_dir():
        return verdict_of(verify_document(data, printed=printed))
    proof = (folder / PROOF).read_bytes() if (folder / PROOF).is_file() else None
    return verdict_of([
        *_check_hashes(folder),
        *_check_seal(folder),
        *verify_document(data, proof, printed),
        *(_no_proof(folder) if proof is None else _check_pages(folder, data, proof)),
        *_check_sources(folder, data),
        *_check_standing(folder, sha256_hex(data)),
    ])  # fmt: skip


def verify_document(
    data: bytes, proof: bytes | None = None, printed: Sequence[Checkpoint] = ()
) -> list[Check]:
    """Check the bytes of a handover.json, and of the proof.json made for it."""
    read = check_document(data)
    if read.snapshot is None:
        return [*read.checks]
    found, known = [*read.checks], None
    if proof is not None:
        proved = check_proof(proof, read.snapshot, sha256_hex(data))
        found, known = [*found, *proved.checks], proved.proof
    return found + [check_printed(mark, read.snapshot, known) for mark in printed]


def verdict_of(checks: Sequence[Check]) -> Verdict:
    """All of them together."""
    return Verdict(ok=all(found.ok for found in checks), checks=tuple(checks))


def hash_listing(hashes: Mapping[str, str]) -> bytes:
    """The bytes of document_hash.txt for these files (name → SHA-256), in this order."""
    return "".join(f"{digest}  {name}\n" for name, digest in hashes.items()).encode()


def _check_hashes(folder: Path) -> list[Check]:
    listing = folder / HASHES
    if _no_file(listing):
        return [check(HASHES, _no_file(listing))]
    data = listing.read_bytes()
    try:
        lines = [line.split("  ", 1) for line in data.decode().splitlines()]
        named = {name: digest for digest, name in lines}
    except ValueError:
        return [check(HASHES, "the file is not a list of hashes")]
    unnamed = {path.name for path in folder.iterdir()} - {*named, HASHES}
    as_written = hash_listing(named) == data
    return [
        check(HASHES, "" if as_written else "the file is not as it was written"),
        check("every file listed",
              f"not in the list: {', '.join(sorted(unnamed))}" if unnamed else ""),
        *(_check_file(folder, name, digest) for name, digest in named.items()),
    ]  # fmt: skip


def _check_file(folder: Path, name: str, digest: str) -> Check:
    if name != Path(name).name:
        return check(name, "the name leads out of the folder")
    path = folder / name
    try:
        if _no_file(path):
            return check(name, _no_file(path))
        found = sha256_hex(path.read_bytes())
    except OSError as error:
        return check(name, f"it cannot be read: {error.strerror}")
    return check(name, "" if found == digest else f"its SHA-256 is {found}, not {digest}", LISTED)


def _no_file(path: Path) -> str:
    """Why there is no file of a signed set there, or nothing."""
    if path.is_symlink():
        return "it is a link to another place, not a file"
    if path.is_file():
        return ""
    return "it is not a file" if path.exists() else "the file is missing"


def _no_proof(folder: Path) -> list[Check]:
    """The proof that is missing where there is what came with it."""
    if not (folder / VERIFIER).exists() and not (folder / PROOF).is_symlink():
        return []
    return [check("proof readable", f"{PROOF}: {_no_file(folder / PROOF)}")]


def _check_pages(folder: Path, document: bytes, proof: bytes) -> list[Check]:
    """Whether the PDF carries just the record it lies beside."""
    pdf = folder / "handover.pdf"
    if not pdf.is_file():
        return []
    return [check("record in the PDF", other_record(pdf.read_bytes(), document, proof))]


def _check_seal(folder: Path) -> list[Check]:
    """Whether a sealed PDF is the PDF beside it and a seal made over just that."""
    sealed, pdf = folder / SEALED, folder / "handover.pdf"
    if not (sealed.is_file() and pdf.is_file()):
        return []
    return [check("seal of a certificate", *complaint_about(sealed.read_bytes(), pdf.read_bytes()))]


def _check_sources(folder: Path, data: bytes) -> list[Check]:
    """Whether the source documents are those the handover rests on, where they lie beside it."""
    try:
        resting_on = attached_sources(Snapshot.model_validate_json(data))
        listed = Proof.model_validate_json((folder / PROOF).read_bytes()).sources
    except (OSError, ValidationError):
        return []
    if listed != resting_on:
        return [check("sources", f"{PROOF} lists other sources than the document rests on")]
    changed = [found for found in resting_on if not _is_unchanged(folder, found)]
    names = ", ".join(f"{found.name} ({found.id})" for found in changed)
    return [check("sources", f"not the file that was attached: {names}" if changed else "")]


def _is_unchanged(folder: Path, source: AttachedSource) -> bool:
    original = folder / SOURCES / source.id / "original"
    return not original.is_file() or sha256_hex(original.read_bytes()) == source.sha256


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
    return [check("still in force", "", f"no, {said}")]
