"""Exports: from the snapshot only, each named by a row, nothing half-written."""

import json
from pathlib import Path

import pytest

from storage.audit.actor import WORKER
from storage.canonical import sha256_hex
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.errors import BadInput, NotPermitted, WrongState
from storage.handovers.exports import request_export
from storage.handovers.verification import verify_path
from storage.handovers.views import handover, snapshot_bytes
from storage.jobs.decisions import retry
from storage.jobs.kinds import JobKind
from storage.jobs.states import JobStatus
from storage.jobs.views import JobQuery, list_jobs
from tests.builders import a_draft_in_review, a_signed_handover, a_third_officer
from tests.clock import ShipClock
from tests.worker.handlers.conftest import drain, export_of, run


@pytest.fixture
def signed() -> str:
    """A signed handover whose signed set is written."""
    draft_id = a_signed_handover()
    drain()
    return draft_id


def folder_of(store: Path, draft_id: str, export_type: str = "signed") -> Path:
    return store / export_of(draft_id, export_type).path


def test_signing_writes_the_signed_set_and_the_handover_is_exported(
    store: Path, signed: str
) -> None:
    folder = folder_of(store, signed)
    assert {p.name for p in folder.iterdir()} == {
        "handover.html", "handover.pdf", "handover.json", "document_hash.txt",
        "proof.json", "HOW-TO-VERIFY.txt", "verify.py",
    }  # fmt: skip
    assert draft(signed).state is DraftState.EXPORTED
    assert verify_path(folder).ok


def test_i14_the_exported_document_is_the_snapshot_byte_for_byte(store: Path, signed: str) -> None:
    data = (folder_of(store, signed) / "handover.json").read_bytes()
    assert data == snapshot_bytes(signed)
    assert sha256_hex(data) == handover(signed).document_hash


def test_i14_nothing_is_exported_before_it_is_signed() -> None:
    with pytest.raises(WrongState, match="is in review; exporting needs"):
        request_export(a_third_officer().actor, a_draft_in_review(), "pdf")


def test_the_row_of_an_export_holds_the_hash_of_each_file(store: Path, signed: str) -> None:
    export = export_of(signed, "signed")
    for name, digest in export.hashes.items():
        assert sha256_hex((store / export.path / name).read_bytes()) == digest


def test_the_signed_set_is_written_once(store: Path, signed: str, clock: ShipClock) -> None:
    clock.advance(minutes=5)
    before = {p: p.stat().st_mtime_ns for p in folder_of(store, signed).iterdir()}
    relief = a_third_officer()
    job = run(
        JobKind.EXPORT_PREPARE, relief.actor, draft_id=signed, type="signed", exporter_id=relief.id
    )
    assert job.result is not None
    assert job.result["reason"] == "written already"
    assert {p: p.stat().st_mtime_ns for p in folder_of(store, signed).iterdir()} == before


@pytest.mark.parametrize("export_type", ["pdf", "html", "json"])
def test_every_export_can_be_verified_by_itself(store: Path, signed: str, export_type: str) -> None:
    request_export(a_third_officer().actor, signed, export_type)
    drain()
    assert verify_path(folder_of(store, signed, export_type)).ok


def test_an_email_carries_the_pdf_to_the_chosen_recipients(store: Path, signed: str) -> None:
    request_export(a_third_officer().actor, signed, "email", to=["dpa@example.org"])
    drain()
    folder = folder_of(store, signed, "email")
    assert json.loads((folder / "recipients.json").read_text()) == ["dpa@example.org"]
    message = (folder / "email.eml").read_bytes()
    assert b"dpa@example.org" in message
    assert b"application/pdf" in message


@pytest.mark.parametrize("address", ["nobody", "a@b\nBcc: c@d", "a b@c", ""])
def test_an_address_that_is_none_is_refused(signed: str, address: str) -> None:
    with pytest.raises(BadInput, match="not an e-mail address"):
        request_export(a_third_officer().actor, signed, "email", to=[address])


def test_i13_no_service_exports(signed: str) -> None:
    with pytest.raises(NotPermitted):
        request_export(WORKER, signed, "pdf")


def test_i13_a_job_submitted_past_the_rule_exports_nothing(signed: str, clock: ShipClock) -> None:
    clock.advance(minutes=5)
    job = run(
        JobKind.EXPORT_PREPARE, WORKER, draft_id=signed, type="pdf",
        exporter_id=a_third_officer().id,
    )  # fmt: skip
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert "in their own name" in job.error


def test_a_folder_left_by_a_crash_is_replaced(store: Path) -> None:
    draft_id = a_signed_handover()
    vessel_id = draft(draft_id).vessel_id
    left = store / "handover" / vessel_id / "signed" / draft_id
    left.mkdir(parents=True)
    (left / "handover.pdf").write_bytes(b"half a document")
    drain()
    assert verify_path(folder_of(store, draft_id)).ok


def test_an_export_that_cannot_be_written_leaves_nothing_behind(store: Path) -> None:
    draft_id = a_signed_handover()
    place = store / "handover" / draft(draft_id).vessel_id
    place.mkdir(parents=True, exist_ok=True)
    (place / "signed").write_text("a file where a folder should be")
    drain()
    assert draft(draft_id).state is DraftState.SIGNED
    assert handover(draft_id).exports == ()
    assert [path.name for path in place.iterdir()] == ["signed"]


def test_a_failed_export_can_be_retried(store: Path) -> None:
    draft_id = a_signed_handover()
    place = store / "handover" / draft(draft_id).vessel_id
    place.mkdir(exist_ok=True, parents=True)
    (place / "signed").write_text("in the way")
    drain()
    (job,) = list_jobs(JobQuery(status=JobStatus.FAILED))
    (place / "signed").unlink()
    retry(a_third_officer().actor, job.job_id)
    drain()
    assert verify_path(folder_of(store, draft_id)).ok
