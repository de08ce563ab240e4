"""I15: a stranger with the folder alone sees what was done to it, whichever verifier is used.

The folders are made aboard by the worker; verify.py is the copy that lies in a folder nobody
touched, run by a Python without any package. The forger spells everything canonically again and
makes the list of hashes anew, so that only what is signed or logged can give them away.
"""

import json
import shutil
from collections.abc import Callable

import pytest

from tests.worker.handlers.forging import (
    Archive,
    Json,
    archive,
    forged_throughout,
    ours,
    relisted,
    rewritten,
    signed_anew,
    theirs,
    untouched,
)

__all__ = ["archive", "untouched"]

pytestmark = pytest.mark.aboard  # the folders are forged on a ship's disk

DOCUMENT, PROOF = "handover.json", "proof.json"


def first_item(said: Json) -> Json:
    return next(s for s in said["sections"] if s["bucket"] != "Command")["items"][0]  # type: ignore[no-any-return]


def read_item(said: Json) -> Json:
    items = (item for section in said["sections"] for item in section["items"])
    return next(item for item in items if item["read_back"])


def document(change: Callable[[Json], object]) -> Callable[[Archive], None]:
    return lambda archive: rewritten(archive.second, DOCUMENT, change)


def proof(change: Callable[[Json], object]) -> Callable[[Archive], None]:
    return lambda archive: rewritten(archive.second, PROOF, change)


def swapped_positions(said: Json) -> None:
    said["signatures"][0]["position"], said["signatures"][1]["position"] = "incoming", "outgoing"


def swapped_signatures(said: Json) -> None:
    one, other = said["signatures"]
    one["signature"], other["signature"] = other["signature"], one["signature"]


def event_changed(said: Json) -> None:
    said["events"][0]["values"][4] = "Somebody Else"


def event_inserted(said: Json) -> None:
    said["events"].insert(1, said["events"][0])


def own_key(archive: Archive) -> None:
    signed_anew(archive.second, 0)


def own_key_in_the_crew_list(archive: Archive) -> None:
    key = signed_anew(archive.second, 1)
    rewritten(archive.second, PROOF, lambda said: said["keys"][1].update(public_key=key))


def others_proof(archive: Archive) -> None:
    shutil.copy(archive.first / PROOF, archive.second / PROOF)
    relisted(archive.second)


def others_document(archive: Archive) -> None:
    shutil.copy(archive.first / DOCUMENT, archive.second / DOCUMENT)
    relisted(archive.second)


def source_exchanged(archive: Archive) -> None:
    (original,) = archive.root.glob("*/sources/*/original")
    original.write_text("Surveyor: seal as new.")


FORGERIES: dict[str, tuple[Callable[[Archive], None], str, str]] = {
    "an item reworded": (
        document(lambda d: first_item(d).update(text="All is well.")),
        "content as accepted", "not what the outgoing officer accepted",
    ),
    "an item taken out": (
        document(lambda d: d["sections"][-1]["items"].pop()),
        "content as accepted", "not what the outgoing officer accepted",
    ),
    "a read-back reworded": (
        document(lambda d: read_item(d)["read_back"].update(text="Understood.")),
        "incoming signature", "the read-backs are not those that were signed",
    ),
    "another document number": (
        document(lambda d: d.update(document_number="EB-00007")),
        "incoming signature", "the number, the checkpoint or the note",
    ),
    "another checkpoint": (
        document(lambda d: d["checkpoint"].update(size=d["checkpoint"]["size"] - 1)),
        "incoming signature", "the number, the checkpoint or the note",
    ),
    "another time of signing": (
        document(lambda d: d["signatures"][0].update(signed_at="2026-03-01T00:00:00Z")),
        "outgoing signature", "time is not the signed one",
    ),
    "another name under a signature": (
        document(lambda d: d["signatures"][1].update(name="Sam Okafor")),
        "incoming signature", "the printed name",
    ),
    "the officers change places": (
        document(swapped_positions), "outgoing signature", "for the other position",
    ),
    "the signatures change places": (
        document(swapped_signatures), "incoming signature", "not made by this key",
    ),
    "one signature taken out": (
        document(lambda d: d["signatures"].pop()), "two different people", "by two different",
    ),
    "a key of the forger's own": (own_key, "keys of the crew", "outgoing: the key is not one of"),
    "that key entered in the crew list": (
        own_key_in_the_crew_list, "proof of this document", "it is for the document with SHA-256",
    ),
    "another name to a key": (
        proof(lambda p: p["keys"][0].update(name="Sam Okafor")),
        "keys of the crew", "outgoing: the key is not one of",
    ),
    "a key more in the crew list": (
        proof(lambda p: p["keys"].append({**p["keys"][0], "name": "Sam Okafor"})),
        "keys of the crew", "other keys than the signatures",
    ),
    "another document signed before": (
        proof(lambda p: p["previous"].update(document_hash="0" * 64)),
        "after the handover before", "signs another document",
    ),
    "the proof of another handover": (
        others_proof, "proof of this document", "it is for EB-00001, not EB-00002",
    ),
    "another signed handover in its place": (
        others_document, "proof of this document", "it is for EB-00002, not EB-00001",
    ),
    "another document named by the proof": (
        proof(lambda p: p.update(document_hash="0" * 64)),
        "signing event", "signs another document",
    ),
    "an audit event changed": (
        proof(event_changed), "audit events", "its content is not what was recorded",
    ),
    "an audit event deleted": (
        proof(lambda p: p["events"].pop(0)), "audit events", "is missing",
    ),
    "audit events in another order": (
        proof(lambda p: p["events"].reverse()), "audit events", "stands in its place",
    ),
    "an audit event inserted": (
        proof(event_inserted), "audit events", "stands in its place",
    ),
    "the signing event cut off": (
        proof(lambda p: p["events"].pop()), "signing event", "is not the signing of this handover",
    ),
    "a cut path": (proof(lambda p: p["events"][-1]["path"].pop()), "in the log", "is not in the"),
    "a log of another root": (
        proof(lambda p: p["log"].update(root="0" * 64)), "in the log", "with root 0000",
    ),
    "a log of another size": (
        proof(lambda p: p["log"].update(size=p["log"]["size"] + 1)), "audit events", "the log at",
    ),
    "no handover before": (
        proof(lambda p: p.update(previous=None)),
        "after the handover before", "no handover is named before EB-00002",
    ),
    "another log before": (
        proof(lambda p: p["previous"]["log"].update(root="0" * 64)),
        "after the handover before", "does not begin with",
    ),
    "a changed step from the log before": (
        proof(lambda p: p["previous"]["path"].__setitem__(0, "0" * 64)),
        "after the handover before", "EB-00001 was signed in",
    ),
    "everything forged, and the log made to fit": (
        lambda archive: forged_throughout(archive.second),
        "after the handover before", "does not begin with",
    ),
    "an attached source exchanged": (
        source_exchanged, "sources", "not the file that was attached: report.txt",
    ),
    "a source left off the proof": (
        proof(lambda p: p.update(sources=[])), "sources", "lists other sources",
    ),
}  # fmt: skip


def test_untouched_folders_and_the_log_are_as_they_were_signed(untouched: Archive) -> None:
    script = untouched.first / "verify.py"
    for path in (untouched.first, untouched.second, untouched.first / DOCUMENT, untouched.log):
        assert ours(path) == {}
        assert theirs(path, script=script) == {}
        assert theirs(path, script=script, site=True) == {}
    for mark in (untouched.printed, untouched.last):
        assert ours(untouched.log, mark) == theirs(untouched.log, mark, script=script) == {}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_i15_both_verifiers_name_what_was_forged(
    untouched: Archive, archive: Archive, forgery: str
) -> None:
    forge, check, complaint = FORGERIES[forgery]
    forge(archive)
    script = untouched.first / "verify.py"
    for said in (ours(archive.second), theirs(archive.second, script=script)):
        assert complaint in said.get(check, ""), said
    assert ours(archive.second).keys() == theirs(archive.second, script=script).keys()


@pytest.mark.parametrize(
    "name",
    [DOCUMENT, PROOF, "handover.html", "handover.pdf", "HOW-TO-VERIFY.txt", "verify.py",
     "document_hash.txt"],
)  # fmt: skip
def test_i15_a_changed_byte_is_found_in_the_file_it_is_in(
    untouched: Archive, archive: Archive, name: str
) -> None:
    path = archive.second / name
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x01
    path.write_bytes(data)
    script = untouched.first / "verify.py"
    mine, strangers = ours(archive.second), theirs(archive.second, script=script)
    assert mine and strangers
    if name != "document_hash.txt":
        assert "its SHA-256 is" in mine[name] and "its SHA-256 is" in strangers[name]


@pytest.mark.parametrize("name", [PROOF, "handover.html", "handover.pdf", "verify.py"])
def test_i15_a_file_that_is_gone_or_was_slipped_in_is_named(
    untouched: Archive, archive: Archive, name: str
) -> None:
    script = untouched.first / "verify.py"
    (archive.second / "addendum.pdf").write_bytes(b"never signed")
    (archive.second / name).unlink()
    for said in (ours(archive.second), theirs(archive.second, script=script)):
        assert said[name] == "the file is missing"
        assert said["every file listed"] == "not in the list: addendum.pdf"


def test_i15_a_folder_forged_with_its_whole_log_fails_against_a_noted_checkpoint(
    untouched: Archive, archive: Archive
) -> None:
    """The first handover has none before it, so only what is on paper can tell."""
    script = untouched.first / "verify.py"
    noted = json.loads((untouched.first / PROOF).read_bytes())["log"]
    mark = f"{noted['size']}:{noted['root']}"
    assert ours(archive.first, mark) == theirs(archive.first, mark, script=script) == {}
    forged_throughout(archive.first)
    for said in (ours(archive.first, mark), theirs(archive.first, mark, script=script)):
        assert "had another root when that was printed" in said["checkpoint given"]


def test_a_checkpoint_this_folder_cannot_prove_is_not_passed_over(untouched: Archive) -> None:
    mark = f"3:{'0' * 64}"
    said = ours(untouched.second, mark)
    assert said == theirs(untouched.second, mark, script=untouched.first / "verify.py")
    assert "check an export of the log instead" in said["checkpoint given"]
