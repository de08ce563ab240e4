"""The seal of a ship's certificate: on a copy of the PDF, beside it, and checked like the rest."""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from storage.audit.actor import WORKER
from storage.audit.views import AuditQuery, list_events
from storage.errors import BadInput, ExportFailed, Failed, NotPermitted, NotReady, WrongState
from storage.handovers.sealing import seal_handover
from storage.handovers.seals import REASON, SEALED, seal_pdf
from storage.handovers.verification import HASHES, verify_path
from storage.handovers.views import handover
from tests.builders import a_draft_in_review, a_signed_handover, a_third_officer
from tests.certificates import PASSPHRASE, a_certificate
from tests.worker.handlers.conftest import drain, export_of
from tests.worker.handlers.forging import ours, relisted, theirs

SECRET = PASSPHRASE.encode()
PDF = "handover.pdf"


@pytest.fixture
def signed() -> str:
    """A signed handover whose signed set is written."""
    draft_id = a_signed_handover()
    drain()
    return draft_id


@pytest.fixture
def sealed(signed: str) -> Path:
    """The folder of an export with a sealed PDF."""
    return seal_handover(a_third_officer().actor, signed, a_certificate(), SECRET)


def test_another_program_finds_the_seal_valid_and_over_the_whole_file(sealed: Path) -> None:
    (found,) = PdfFileReader(BytesIO((sealed / SEALED).read_bytes())).embedded_signatures
    trusting = ValidationContext(trust_roots=[found.signer_cert])
    status = validate_pdf_signature(found, signer_validation_context=trusting)
    assert status.bottom_line and status.coverage.name == "ENTIRE_FILE"
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.sig_object["/Reason"] == REASON


def test_i14_the_pdf_of_the_signed_set_stays_as_it_was_written(store: Path, signed: str) -> None:
    original = store / export_of(signed, "signed").path / PDF
    before = (original.read_bytes(), original.stat().st_mtime_ns)
    folder = seal_handover(a_third_officer().actor, signed, a_certificate(), SECRET)
    assert (original.read_bytes(), original.stat().st_mtime_ns) == before
    assert (folder / PDF).read_bytes() == before[0]
    assert (folder / SEALED).read_bytes().startswith(before[0])


def test_the_sealed_file_is_in_the_record_in_the_list_of_hashes_and_in_the_log(
    store: Path, signed: str, sealed: Path
) -> None:
    (made,) = [e for e in handover(signed).exports if SEALED in e.hashes]
    assert store / made.path == sealed and set(made.hashes) == {p.name for p in sealed.iterdir()}
    assert SEALED in (sealed / HASHES).read_text()
    (event,) = list_events(AuditQuery(action="handover.sealed"), limit=9)
    assert event.detail["sealed"].startswith("by Common Name: M/Y Aurora")


def test_both_verifiers_find_the_export_whole(sealed: Path) -> None:
    verdict = verify_path(sealed)
    assert verdict.ok, verdict
    (seal,) = [check for check in verdict.checks if check.name == "seal of a certificate"]
    assert "M/Y Aurora" in seal.detail and "its issuer was not looked up" in seal.detail
    assert theirs(sealed, script=sealed / "verify.py") == {}


def over_another_pdf(folder: Path) -> bytes:
    """A seal that holds, over another file than the signed one."""
    other = bytearray((folder / PDF).read_bytes())
    other[12] ^= 1  # in a comment of the first lines
    return seal_pdf(bytes(other), a_certificate(), SECRET)


def with_another_byte(folder: Path) -> bytes:
    """A byte of what was appended is another."""
    data = bytearray((folder / SEALED).read_bytes())
    data[len((folder / PDF).read_bytes()) + 40] ^= 1
    return bytes(data)


def with_more_appended(folder: Path) -> bytes:
    """Something came after the seal."""
    return (folder / SEALED).read_bytes() + b"% more\n"


def with_another_revision_appended(folder: Path) -> bytes:
    """A page is turned round in a change that came after the seal."""
    writer = IncrementalPdfFileWriter(BytesIO((folder / SEALED).read_bytes()))
    return _turned_round(writer)


def with_a_hole(folder: Path) -> bytes:
    """The place left out for the signature holds more than that."""
    data, hole = (folder / SEALED).read_bytes(), b">/Contents(more)<"
    at = data.rindex(b"0" * 40)
    return data[:at] + hole + data[at + len(hole) :]


def without_a_seal(folder: Path) -> bytes:
    """The bare PDF in the place of the sealed one."""
    return (folder / PDF).read_bytes()


def _turned_round(writer: IncrementalPdfFileWriter) -> bytes:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def over_a_page_turned_round_before(folder: Path) -> bytes:
    """Whoever holds the certificate changed a page and sealed that, in two steps."""
    writer = IncrementalPdfFileWriter(BytesIO((folder / PDF).read_bytes()))
    return seal_pdf(_turned_round(writer), a_certificate(), SECRET)


def over_a_page_turned_round(folder: Path) -> bytes:
    """The same in one step: what is appended is one change, and the seal holds."""
    writer = IncrementalPdfFileWriter(BytesIO((folder / PDF).read_bytes()))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)
    signer = signers.SimpleSigner.load_pkcs12_data(a_certificate(), [], SECRET)
    how = signers.PdfSignatureMetadata(field_name="ShipSeal")
    return bytes(signers.sign_pdf(writer, how, signer=signer).getvalue())


@pytest.mark.parametrize(
    ("forged", "found_without_the_extra"),
    [
        (over_another_pdf, "begin with the bytes"),
        (with_another_byte, ""),
        (with_more_appended, "after the seal"),
        (with_another_revision_appended, "after the seal"),
        (with_a_hole, "not under"),
        (without_a_seal, "seals"),
        (over_a_page_turned_round, ""),
        (over_a_page_turned_round_before, ""),
    ],
)
def test_a_seal_that_does_not_fit_is_found_by_name(
    sealed: Path, forged: Callable[[Path], bytes], found_without_the_extra: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """I15. What surrounds a seal is told from the bytes alone, its own bytes with the extra."""
    (sealed / SEALED).write_bytes(forged(sealed))
    relisted(sealed)
    assert set(ours(sealed)) == {"seal of a certificate"}
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    assert found_without_the_extra in ours(sealed).get("seal of a certificate", "")
    said = theirs(sealed, script=sealed / "verify.py")
    assert set(said) == ({"place of the seal"} if found_without_the_extra else set())
    assert found_without_the_extra in said.get("place of the seal", "")


def test_without_the_extra_the_seal_is_not_called_checked_and_nothing_is_sealed(
    signed: str, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    (seal,) = [c for c in verify_path(sealed).checks if c.name == "seal of a certificate"]
    assert seal.ok and "the seal itself was not checked" in seal.detail
    with pytest.raises(Failed, match=r"pip install 'eightbells\[pades\]'"):
        seal_handover(a_third_officer().actor, signed, a_certificate(), SECRET)


@pytest.mark.parametrize(
    ("file", "word"),
    [(a_certificate(), b"guess"), (b"no file", SECRET)],
    ids=["a wrong word", "no certificate"],
)
def test_a_certificate_that_does_not_open_seals_nothing(
    store: Path, signed: str, file: bytes, word: bytes
) -> None:
    with pytest.raises(BadInput, match="was not opened"):
        seal_handover(a_third_officer().actor, signed, file, word)
    assert len(handover(signed).exports) == 1
    assert not list(store.glob("handover/*/exports/*"))


def test_i13_no_service_seals(signed: str) -> None:
    with pytest.raises(NotPermitted):
        seal_handover(WORKER, signed, a_certificate(), SECRET)


def test_i14_nothing_is_sealed_before_it_is_signed_and_written() -> None:
    officer = a_third_officer().actor
    with pytest.raises(WrongState):
        seal_handover(officer, a_draft_in_review(), a_certificate(), SECRET)


def test_what_the_worker_has_not_written_yet_is_not_sealed() -> None:
    with pytest.raises(NotReady, match="has not written the signed documents"):
        seal_handover(a_third_officer().actor, a_signed_handover(), a_certificate(), SECRET)


def test_a_pdf_that_is_not_what_was_signed_is_not_sealed(store: Path, signed: str) -> None:
    pdf = store / export_of(signed, "signed").path / PDF
    pdf.write_bytes(pdf.read_bytes() + b" ")
    with pytest.raises(ExportFailed, match="is not what was signed"):
        seal_handover(a_third_officer().actor, signed, a_certificate(), SECRET)
