"""The record that the PDF of a signed handover carries as attachments (pure)."""

import zlib

LARGEST_RECORD = 64 * 2**20
"""Bytes of one attachment; a handover of 50,000 entries is half of it."""
_ATTACHMENT, _BEGINS = b"/Type /EmbeddedFile", b"stream"
_INDEX, _END = b"startxref", b"%%EOF"


def attached_to(pdf: bytes) -> list[bytes]:
    """Every file attached to a PDF of ours, in its order; one that cannot be unpacked is empty."""
    return [_unpacked(part.partition(_BEGINS)[2].lstrip(b"\r\n"))
            for part in pdf.split(_ATTACHMENT)[1:]]  # fmt: skip


def other_record(pdf: bytes, document: bytes, proof: bytes) -> str:
    """What is wrong with what the PDF beside these two carries, or nothing."""
    if pdf.count(_INDEX) != 1 or not pdf.rstrip().endswith(_END):
        return "handover.pdf is cut off, or something was appended to it"
    same = attached_to(pdf) == [document, proof]
    return "" if same else "handover.pdf carries other files than handover.json and proof.json here"


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(data, LARGEST_RECORD)
    except zlib.error:
        return b""
    return unpacked if unpacking.eof else b""
