"""Sealing the PDF of a signed handover with the ship's certificate: a second file beside it.

The PDF of the signed set is written once and stays (I14); the sealed one goes into an export of its
own, with everything the PDF is checked by.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from storage.audit.actions import act, asking
from storage.audit.actor import Actor
from storage.canonical import sha256_hex
from storage.database import home
from storage.drafts.moves import draft_row, move_state
from storage.drafts.states import DraftState, Move, after
from storage.durable import sync_folder, write_durably
from storage.errors import ExportFailed, NotReady
from storage.handovers.exports import SIGNED_SET
from storage.handovers.seals import SEALED, complaint_about, seal_pdf
from storage.handovers.tables import HandoverExport
from storage.handovers.verification import HASHES, hash_listing
from storage.identity import new_id

PDF = "handover.pdf"
LEFT_OUT = ("handover.html", HASHES)
"""Of the signed set, what a sealed export has not, or has anew."""


def seal_handover(actor: Actor, draft_id: str, certificate: bytes, passphrase: bytes) -> Path:
    """Make an export with a sealed PDF in it, from a PKCS#12 file; returns its folder.

    Neither the certificate's key nor the passphrase is kept or recorded.

    Raises:
        NotPermitted: not a person. WrongState: not signed. NotReady: the signed set is not written
        yet. ExportFailed: a file of it is not what was signed. BadInput, Failed: as `seal_pdf`.
    """
    with asking(actor, "handover.sealed", "draft", draft_id):
        _check(draft_id)
        signed_set = _signed_set(draft_id)
        files = _files_of(signed_set)
    files[SEALED] = seal_pdf(files[PDF], certificate, passphrase)
    complaint, by = complaint_about(files[SEALED], files[PDF])
    if complaint:
        raise ExportFailed(why=f"The sealed PDF cannot be used: {complaint}.")
    hashes = {name: sha256_hex(data) for name, data in files.items()}
    listing = hash_listing(hashes)
    export_id = new_id()
    place = Path(signed_set.path).parents[1] / "exports" / export_id
    folder = _written(home() / place, {**files, HASHES: listing})
    try:
        record_seal(
            actor, draft_id, export_id, str(place), {**hashes, HASHES: sha256_hex(listing)}, by=by
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def record_seal(
    actor: Actor, draft_id: str, export_id: str, path: str, hashes: Mapping[str, str], *, by: str
) -> None:
    """Name the files of a sealed export by a row; `by`: whose certificate, in its own words."""
    with act(actor, "handover.sealed", "export", export_id) as deed:
        _check(draft_id)
        HandoverExport.insert(
            id=export_id, draft_id=draft_id, type="pdf", path=path, hashes=dict(hashes),
            exporter_id=actor.id, exporter=actor.name, recipients=[], at=deed.at,
        ).execute()  # fmt: skip
        move_state(draft_row(draft_id), Move.EXPORT, deed)
        deed.detail.update(draft=draft_id, sealed=by, hashes=dict(hashes))


def _check(draft_id: str) -> None:
    after(DraftState(draft_row(draft_id).state), Move.EXPORT)


def _signed_set(draft_id: str) -> HandoverExport:
    row: HandoverExport | None = HandoverExport.get_or_none(
        HandoverExport.draft_id == draft_id, HandoverExport.type == SIGNED_SET
    )
    if row is None:
        raise NotReady(["the worker has not written the signed documents"])
    return row


def _files_of(signed_set: HandoverExport) -> dict[str, bytes]:
    """What is sealed and what goes with it, held against the record."""
    files = {}
    for name in (name for name in signed_set.hashes if name not in LEFT_OUT):
        path = home() / signed_set.path / name
        data = path.read_bytes() if path.is_file() else b""
        if sha256_hex(data) != signed_set.hashes[name]:
            raise ExportFailed(why=f"{path} is not what was signed; `verify` says more.")
        files[name] = data
    return files


def _written(folder: Path, files: Mapping[str, bytes]) -> Path:
    workshop = folder.with_name(f".{folder.name}.tmp")
    for name, data in files.items():
        write_durably(workshop / name, data)
    workshop.rename(folder)
    sync_folder(folder.parent)
    return folder
