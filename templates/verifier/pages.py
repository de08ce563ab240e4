"""A PDF by itself: the record it carries as an attachment."""

from __future__ import annotations

import re
import zlib

from templates.verifier.findings import Finding

_ATTACHED = re.compile(rb"/Type /EmbeddedFile.{0,200}?>>\s*stream\r?\n(.*?)endstream", re.DOTALL)


LARGEST_RECORD = 64 * 2**20
"""Bytes of a handover.json; one of 50,000 entries is half of it."""


def attached_to(pdf: bytes) -> list[bytes]:
    """Every file attached to a PDF: handover.json and proof.json, as Eight Bells made it."""
    return [_unpacked(packed) for packed in _ATTACHED.findall(pdf)]


def record_in(pdf: bytes) -> tuple[bytes, bytes | None]:
    """The handover.json and proof.json attached to a PDF, else nothing."""
    found = [*attached_to(pdf), b"", b""]
    return found[0], found[1] or None


def other_record(pdf: bytes, record: list[bytes]) -> str:
    """What is wrong with what the PDF beside handover.json and proof.json carries."""
    if pdf.count(b"startxref") != 1 or not pdf.rstrip().endswith(b"%%EOF"):
        return "handover.pdf is cut off, or something was appended to it"
    same = attached_to(pdf) == record
    return "" if same else "handover.pdf carries other files than handover.json and proof.json here"


def unproved_pages(name: str) -> Finding:
    """What a PDF away from its folder cannot prove, whatever it carries."""
    return Finding(
        "printed pages",
        f"{name} alone proves only the record it carries, not that its pages say the same; "
        "check the folder it was made in",
    )


def _unpacked(packed: bytes) -> bytes:
    """What was packed; nothing when it is broken, or swells to more than any record is."""
    try:
        opened = zlib.decompressobj()
        record = opened.decompress(packed, LARGEST_RECORD)
    except zlib.error:
        return b""
    return b"" if opened.unconsumed_tail else record
