"""I15: what was done to a file itself, though the list of hashes was made to fit, is found too.

Both verifiers look in this process: it is about what they say, not about how they start.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from templates.verifier.folder import check_path
from tests.worker.handlers.forging import Archive, Said, archive, ours, relisted, untouched

__all__ = ["archive", "untouched"]

pytestmark = pytest.mark.aboard  # the folders are forged on a ship's disk

DOCUMENT, PROOF, PDF = "handover.json", "proof.json", "handover.pdf"
Change = Callable[[Path], object]


def theirs(path: Path) -> Said:
    return {found.name: found.complaint for found in check_path(path, [])[1] if found.complaint}


def spelt(change: Callable[[bytes], bytes]) -> Change:
    return lambda path: path.write_bytes(change(path.read_bytes()))


def of_size(size: bytes) -> Change:
    return spelt(lambda data: re.sub(rb'"size":\d+', b'"size":' + size, data, count=1))


def moved_behind_a_link(path: Path) -> None:
    path.symlink_to(path.rename(path.parents[1] / path.name))


def gone(path: Path) -> None:
    path.unlink()


def other_attachment(path: Path) -> None:
    """The PDF of the handover before, whose record is whole in itself."""
    (before, _) = sorted(path.parents[1].iterdir())
    path.write_bytes((before / PDF).read_bytes())


CHANGES: dict[str, tuple[str, Change, str, str]] = {
    "a document in UTF-16": (
        DOCUMENT, spelt(lambda data: data.decode().encode("utf-16")), "document readable", "0xff",
    ),
    "a document behind a byte order mark": (
        DOCUMENT, spelt(lambda data: b"\xef\xbb\xbf" + data), "document readable", "BOM",
    ),
    "an empty document": (DOCUMENT, spelt(lambda _: b""), "document readable", "is empty"),
    "a list for a document": (
        DOCUMENT, spelt(lambda _: b"[]"), "document readable", "says nothing of a handover",
    ),
    "a member twice": (
        PROOF, spelt(lambda data: b'{"sources":[],' + data[1:]), "proof readable", "twice in it",
    ),
    "a document nested without end": (
        DOCUMENT, spelt(lambda _: b"[" * 100_000), "document readable", "recursion",
    ),
    "a log of endless size": (PROOF, of_size(b"1e999"), "proof readable", "1e999"),
    "a log of no size": (PROOF, of_size(b"NaN"), "proof readable", "NaN"),
    "a log whose size is a fraction": (PROOF, of_size(b"51.0"), "proof readable", "51.0"),
    "a log of a size with 5,000 digits": (PROOF, of_size(b"9" * 5000), "proof readable", "99999"),
    "an empty object for a proof": (PROOF, spelt(lambda _: b"{}"), "proof readable", "of a log"),
    "the proof taken out, and out of the list": (PROOF, gone, "proof readable", "is missing"),
    "a PDF cut in half": (
        PDF, spelt(lambda data: data[: len(data) // 2]), "record in the PDF", "is cut off",
    ),
    "a PDF with pages appended": (
        PDF, spelt(lambda data: data + b"startxref\n9\n%%EOF\n"), "record in the PDF", "appended",
    ),
    "a PDF that carries another record": (
        PDF, other_attachment, "record in the PDF", "carries other files",
    ),
    "a link in place of the PDF": (PDF, moved_behind_a_link, PDF, "a link to another place"),
    "a link in place of the document": (
        DOCUMENT, moved_behind_a_link, DOCUMENT, "a link to another place",
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_i15_both_verifiers_say_what_is_wrong_with_a_file_whose_hash_was_listed_anew(
    archive: Archive, change: str
) -> None:
    name, done, check, complaint = CHANGES[change]
    done(archive.second / name)
    relisted(archive.second)
    strangers = theirs(archive.second)
    assert complaint in strangers.get(check, ""), strangers
    assert check in ours(archive.second)
