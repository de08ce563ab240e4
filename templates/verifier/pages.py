"""A PDF by itself: the record it carries as an attachment."""

from __future__ import annotations

import re
import zlib

from templates.verifier.findings import Finding

_ATTACHED = re.compile(rb"/Type /EmbeddedFile.{0,200}?>>\s*stream\r?\n(.*?)endstream", re.DOTALL)


def attached(pdf: bytes) -> list[bytes]:
    """What is attached to a PDF that Eight Bells made, in order; other programs' may give none."""
    found = []
    for packed in _ATTACHED.findall(pdf):
        try:
            found.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            found.append(b"")
    return found


def unproved_pages(name: str) -> Finding:
    """What a PDF by itself cannot prove."""
    return Finding(
        "printed pages", "", f"the record attached to {name} was checked; that its pages say the "
        "same is proved by document_hash.txt in the folder it was made in",
    )  # fmt: skip
