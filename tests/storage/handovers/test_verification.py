"""I15: any changed byte of a signed file is found; the files need no store to prove themselves."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage import database
from storage.canonical import canonical_json, sha256_hex
from storage.errors import NotFound
from storage.handovers.checks import Verdict
from storage.handovers.proof import PROOF
from storage.handovers.proving import prove
from storage.handovers.snapshot import Snapshot
from storage.handovers.tables import Handover
from storage.handovers.verification import (
    DOCUMENT,
    HASHES,
    hash_listing,
    verify_document,
    verify_path,
)
from storage.handovers.views import snapshot_bytes
from tests.builders import a_signed_handover
from tests.clock import ShipClock

pytestmark = pytest.mark.aboard

PAGES = {"handover.html": b"<html>signed</html>\n" * 9}


@pytest.fixture(scope="module")
def signed_set(
    a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, bytes]:
    """The bytes and the proof of one signed handover with read-backs, answers and notes."""
    home = tmp_path_factory.mktemp("signed") / "ship"
    for name, data in ((p.name, p.read_bytes()) for p in a_manned_store.iterdir() if p.is_file()):
        home.mkdir(exist_ok=True)
        (home / name).write_bytes(data)
    database.open_store(home, clock=ShipClock())
    try:
        draft_id = a_signed_handover()
        data = snapshot_bytes(draft_id)
        proof = prove(Handover.get_by_id(draft_id), Snapshot.model_validate_json(data))
        return data, canonical_json(proof.model_dump(mode="json"))
    finally:
        database.close()


@pytest.fixture(scope="module")
def signed_bytes(signed_set: tuple[bytes, bytes]) -> bytes:
    return signed_set[0]


@pytest.fixture
def folder(tmp_path: Path, signed_set: tuple[bytes, bytes]) -> Path:
    """A signed set as it lies on the disk."""
    files = {DOCUMENT: signed_set[0], PROOF: signed_set[1], **PAGES}
    files[HASHES] = hash_listing({name: sha256_hex(data) for name, data in files.items()})
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def complaints(verdict: Verdict) -> dict[str, str]:
    return {check.name: check.detail for check in verdict.checks if not check.ok}


def changed(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The document with one thing in it changed, spelt canonically again."""
    document = json.loads(data)
    change(document)
    return canonical_json(document)


def test_an_untouched_set_is_as_it_was_signed_and_no_store_is_needed(folder: Path) -> None:
    verdict = verify_path(folder)
    assert complaints(verdict) == {}
    assert [check.name for check in verdict.checks] == [
        HASHES, "every file listed", DOCUMENT, PROOF, "handover.html",
        "document readable", "document canonical", "content as accepted",
        "two different people", "outgoing signature", "incoming signature",
        "proof readable", "proof of this document", "keys of the crew", "audit events",
        "signing event", "in the log", "after the handover before", "sources",
    ]  # fmt: skip
    assert verify_path(folder / DOCUMENT).ok


@pytest.mark.parametrize("name", [DOCUMENT, PROOF, "handover.html", HASHES])
def test_i15_a_changed_byte_anywhere_in_any_file_is_found(folder: Path, name: str) -> None:
    path = folder / name
    sound = path.read_bytes()
    step = max(1, len(sound) // 60)
    for place in [*range(0, len(sound), step), len(sound) - 1]:
        for flip in (0x01, 0x07, 0x20):
            forged = bytearray(sound)
            forged[place] ^= flip
            path.write_bytes(forged)
            assert not verify_path(folder).ok, f"byte {place} of {name} changed unnoticed"
    path.write_bytes(sound)
    assert verify_path(folder).ok


@pytest.mark.parametrize("name", [DOCUMENT, PROOF, "handover.html", HASHES])
def test_i15_a_cut_a_longer_and_a_missing_file_are_found(folder: Path, name: str) -> None:
    path = folder / name
    sound = path.read_bytes()
    for forged in (b"", sound[:-1], sound + b"\n", sound + b" "):
        path.write_bytes(forged)
        assert not verify_path(folder).ok
    path.unlink()
    if name == DOCUMENT:
        with pytest.raises(NotFound):
            verify_path(folder)
    else:
        assert not verify_path(folder).ok


def test_i15_a_file_that_was_slipped_in_or_left_off_the_list_is_found(folder: Path) -> None:
    (folder / "addendum.pdf").write_bytes(b"never signed")
    assert complaints(verify_path(folder)) == {
        "every file listed": "not in the list: addendum.pdf"
    }  # fmt: skip
    (folder / "addendum.pdf").unlink()
    lines = (folder / HASHES).read_bytes().splitlines(keepends=True)
    (folder / HASHES).write_bytes(b"".join(lines[:-1]))
    assert complaints(verify_path(folder)) == {
        "every file listed": "not in the list: handover.html"
    }  # fmt: skip


def test_i15_any_changed_byte_is_found_in_the_document_alone(signed_bytes: bytes) -> None:
    for place in range(0, len(signed_bytes), max(1, len(signed_bytes) // 120)):
        forged = bytearray(signed_bytes)
        forged[place] ^= 0x01
        checks = verify_document(bytes(forged))
        assert not all(check.ok for check in checks), f"byte {place} changed unnoticed"


FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a word of an item": (
        lambda d: d["sections"][1]["items"][0].update(text="All is well."),
        "content as accepted",
    ),
    "an item taken out": (
        lambda d: d["sections"][1]["items"].pop(), "content as accepted",
    ),
    "a risk made harmless": (
        lambda d: d["sections"][1]["items"][0].update(risk_tags=["Informational"]),
        "content as accepted",
    ),
    "a narrative behind an item": (
        lambda d: d["sections"][1]["items"][0]["sources"]["entries"][0].update(narrative="Dry."),
        "content as accepted",
    ),
    "the vessel": (lambda d: d["vessel"].update(name="Other Ship"), "content as accepted"),
    "the period": (
        lambda d: d.update(period_to="2027-01-01T00:00:00Z"), "content as accepted",
    ),
    "the note on a conflict": (
        lambda d: d["conflicts"][0].update(note="Gauge is right."), "content as accepted",
    ),
    "a merge answer": (
        lambda d: d["merge_answers"][0].update(answer="merge"), "content as accepted",
    ),
    "the completeness table": (
        lambda d: d["completeness"][1].update(state="stated_nil"), "content as accepted",
    ),
    "a decline taken out of it": (
        lambda d: d.update(declines=[{"by": "X", "role": "eto", "at": d["period_to"],
                                      "reason": "Y"}]), "content as accepted",
    ),
    "the content with its hash": (
        lambda d: (
            d["sections"][1]["items"][0].update(text="All is well."),
            d.update(content_hash=_content_hash_of(d)),
        ),
        "outgoing signature",
    ),
    "the words of a read-back": (
        lambda d: d["sections"][1]["items"][0]["read_back"].update(text="Never said."),
        "incoming signature",
    ),
    "who read it back": (
        lambda d: d["sections"][1]["items"][0]["read_back"].update(by="Somebody"),
        "incoming signature",
    ),
    "a read-back taken out": (
        lambda d: d["sections"][1]["items"][0].update(read_back=None), "incoming signature",
    ),
    "the document number": (lambda d: d.update(document_number="EB-00099"), "incoming signature"),
    "what is superseded": (
        lambda d: d.update(supersedes={
            "document_number": "EB-00001", "document_hash": "0" * 64, "reason": "Wrong.",
            "by": "X", "role": "captain", "at": d["period_to"],
        }),
        "outgoing signature",
    ),
    "the list of changes": (lambda d: d.update(changes=["2.1 is new."]), "incoming signature"),
    "the audit checkpoint": (
        lambda d: d["checkpoint"].update(size=7), "incoming signature",
    ),
    "the log-book line": (lambda d: d.update(note="Official log book."), "incoming signature"),
    "the name of the first signatory": (
        lambda d: d["signatures"][0].update(name="Somebody"), "outgoing signature",
    ),
    "the role of the second": (
        lambda d: d["signatures"][1].update(role="captain"), "incoming signature",
    ),
    "the time of a signature": (
        lambda d: d["signatures"][0].update(signed_at="2020-01-01T00:00:00Z"),
        "outgoing signature",
    ),
    "the signed statement": (
        lambda d: d["signatures"][0]["statement"].update(name="Somebody"), "outgoing signature",
    ),
    "a signature of zeros": (
        lambda d: d["signatures"][1].update(signature="0" * 128), "incoming signature",
    ),
    "a key that is none": (
        lambda d: d["signatures"][1].update(public_key="zz"), "incoming signature",
    ),
    "both signatures by one person": (
        lambda d: d["signatures"].__setitem__(1, d["signatures"][0]), "two different people",
    ),
    "one signature": (lambda d: d["signatures"].pop(), "two different people"),
    "three signatures": (
        lambda d: d["signatures"].append(d["signatures"][1]), "two different people",
    ),
    "the signatures change places": (
        lambda d: (
            d["signatures"][0].update(position="incoming"),
            d["signatures"][1].update(position="outgoing"),
        ),
        "outgoing signature",
    ),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_i15_a_forger_who_spells_the_document_canonically_again_is_still_found(
    signed_bytes: bytes, forgery: str
) -> None:
    change, complaint = FORGERIES[forgery]
    forged = changed(signed_bytes, change)
    assert forged != signed_bytes
    named = {check.name for check in verify_document(forged) if not check.ok}
    assert complaint in named


def test_another_spelling_of_the_same_document_is_not_the_document(signed_bytes: bytes) -> None:
    spaced = json.dumps(json.loads(signed_bytes), indent=1, ensure_ascii=False).encode()
    assert [c.name for c in verify_document(spaced) if not c.ok] == ["document canonical"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b'{"format":"x"}', b"\xff\xfe\x00"])
def test_what_is_no_handover_is_said_to_be_none(data: bytes) -> None:
    (check,) = verify_document(data)
    assert (check.name, check.ok) == ("document readable", False)
    assert check.detail


@pytest.mark.parametrize("listing", [b"\xff\xfe", b"nonsense\n", b"a b\n", b"\n"])
def test_a_list_of_hashes_that_is_none_is_said_to_be_none(folder: Path, listing: bytes) -> None:
    (folder / HASHES).write_bytes(listing)
    assert HASHES in complaints(verify_path(folder))


def test_where_nothing_is_nothing_is_verified(tmp_path: Path) -> None:
    for nowhere in (tmp_path, tmp_path / "no such folder", tmp_path / "handover.json"):
        with pytest.raises(NotFound):
            verify_path(nowhere)


def test_i15_the_store_keeps_the_signed_bytes_word_for_word(store: object) -> None:
    draft_id = a_signed_handover()
    assert all(check.ok for check in verify_document(snapshot_bytes(draft_id)))


def _content_hash_of(document: dict[str, Any]) -> str:
    """What a forger would compute for the content hash."""
    frame = ("format", "document_number", "supersedes", "changes", "checkpoint", "note")
    content = {
        name: value
        for name, value in json.loads(json.dumps(document)).items()
        if name not in (*frame, "content_hash", "signatures")
    }
    for section in content["sections"]:
        for item in section["items"]:
            item["read_back"] = None
    return sha256_hex(canonical_json(content))
