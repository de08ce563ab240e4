"""A sealed copy of the PDF: is it that PDF and one seal made over all of it?"""

from __future__ import annotations

import re

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
SEAL_UNCHECKED = "appended to handover.pdf; by whom is for a reader of PDFs to say"


def wrong_seal(sealed: bytes, pdf: bytes) -> str:
    """What is wrong with the place of the seal; its own key is not asked."""
    if not sealed.startswith(pdf):
        return "the sealed file does not begin with the bytes of handover.pdf"
    ranges = [[int(n) for n in numbers] for numbers in _RANGE.findall(sealed[len(pdf) :])]
    if len(ranges) != 1:
        return f"it has {len(ranges)} seals, not one"
    start, until, again, length = ranges[0]
    if start != 0 or not len(pdf) <= until <= again or again + length > len(sealed):
        return "the seal names other bytes than those of the file"
    if again + length < len(sealed):
        return f"what follows byte {again + length} was appended after the seal"
    if not re.fullmatch(rb"<[0-9A-Fa-f]*>", sealed[until:again]):
        return f"bytes {until} to {again} are not under the seal"
    return ""
