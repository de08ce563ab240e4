"""The seal of a ship's certificate on a PDF (PAdES B-B); the only file that imports pyhanko.

A seal says that whoever holds the certificate's key has put it on these pages. It is no signature
of the officers: theirs are in handover.json. It is appended, so the sealed file begins with every
byte of the PDF it seals.
"""

from io import BytesIO
from typing import Any

from storage.errors import BadInput, Failed
from storage.handovers.seal_changes import other_changes
from storage.handovers.seal_range import left_out

EXTRA = "pip install 'eightbells[pades]'"
REASON = "Seal of the ship's certificate. The officers' signatures are in handover.json."
FIELD = "ShipSeal"
SEALED = "handover.sealed.pdf"


def seal_pdf(pdf: bytes, certificate: bytes, passphrase: bytes) -> bytes:
    """The PDF with a seal made by the key of a PKCS#12 file (`.p12`, `.pfx`).

    Raises:
        BadInput: the passphrase does not open it, or it holds no key and certificate. Failed: the
        extra is not installed.
    """
    modules = _pyhanko()
    try:
        signer = modules["signers"].SimpleSigner.load_pkcs12_data(
            certificate, other_certs=[], passphrase=passphrase
        )
    except ValueError as error:
        raise BadInput(
            why="The certificate was not opened: another passphrase, or no PKCS#12 file."
        ) from error
    how = modules["signers"].PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", reason=REASON,
        subfilter=modules["fields"].SigSeedSubFilter.PADES,
    )  # fmt: skip
    writer = modules["writer"].IncrementalPdfFileWriter(BytesIO(pdf))
    return bytes(modules["signers"].sign_pdf(writer, how, signer=signer).getvalue())


def complaint_about(sealed: bytes, pdf: bytes) -> tuple[str, str]:
    """What is wrong with a seal, and else whose certificate it is; only the bytes are asked.

    Whether the certificate itself can be trusted is for whoever knows the ship's: it is not looked
    up anywhere.
    """
    if not sealed.startswith(pdf):
        return "it does not begin with the bytes of the PDF beside it", ""
    beyond = left_out(sealed, len(pdf))
    if beyond:
        return beyond, ""
    try:
        modules = _pyhanko()
    except Failed as error:
        return "", f"over the PDF beside it; the seal itself was not checked: {error}"
    try:
        file, original = (modules["reader"].PdfFileReader(BytesIO(one)) for one in (sealed, pdf))
        (found,) = file.embedded_signatures
        found.compute_integrity_info()
        held = modules["cms"].validate_sig_integrity(
            found.signer_info, found.signer_cert, "data", found.compute_digest()
        )
        covered = found.evaluate_signature_coverage()
        changed = other_changes(file, original)
    except Exception as error:  # a library reads bytes that anybody may have made
        return f"its seal cannot be read: {error}", ""
    if held != (True, True) or covered is not modules["coverage"].ENTIRE_FILE:
        return "its seal was made over other bytes", ""
    if changed:
        return changed, ""
    who = found.signer_cert.subject.human_friendly
    return "", f"by {who}, appended to the PDF beside it; its issuer was not looked up"


def _pyhanko() -> dict[str, Any]:
    """The parts of pyhanko, imported when a seal is met.

    Raises:
        Failed: it is not installed.
    """
    try:
        from pyhanko.pdf_utils import incremental_writer, reader
        from pyhanko.sign import fields, signers
        from pyhanko.sign.validation import generic_cms
        from pyhanko.sign.validation.status import SignatureCoverageLevel
    except ImportError:
        raise Failed(why=f"Seals need pyhanko, which is not installed: {EXTRA}.") from None
    return {
        "writer": incremental_writer, "reader": reader, "fields": fields, "signers": signers,
        "cms": generic_cms, "coverage": SignatureCoverageLevel,
    }  # fmt: skip
