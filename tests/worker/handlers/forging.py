"""Real signed folders, what both verifiers say of them, and the tools of a careful forger."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage import database
from storage.audit.chain import COLUMNS, event_hash, read_checkpoint
from storage.audit.merkle import root_by_inclusion
from storage.audit.proving import fingerprint, stored_events
from storage.canonical import canonical_json, sha256_hex
from storage.entries.actions import capture
from storage.evidence.actions import add_document
from storage.handovers.verification import HASHES, hash_listing, verify_path
from storage.people.actions import rotate_key
from storage.people.keys import public_hex
from tests.builders import a_second_officer, an_entry, entries, pin_of
from tests.clock import ShipClock
from tests.worker.handlers.conftest import drain
from tests.worker.handlers.corrections import GUEST, LAMP, LEAK, signed

Json = dict[str, Any]
Said = dict[str, str]


@dataclass(frozen=True)
class Archive:
    """Two handovers as they lie on a ship's disk, an export of the log, and what was printed."""

    root: Path
    first: Path
    second: Path
    log: Path
    printed: str
    """The log's fingerprint, noted between the two."""
    last: str

    def moved(self, to: Path) -> "Archive":
        """A copy that may be forged."""
        shutil.copytree(self.root, to)
        there = [to / path.relative_to(self.root) for path in (self.first, self.second, self.log)]
        return Archive(to, there[0], there[1], there[2], self.printed, self.last)


def an_archive(home: Path, clock: ShipClock) -> Archive:
    """Sign and export two handovers aboard.

    The second rests on a document too, and the outgoing officer has another key by then.
    """
    folders, marks = [], []
    for number in (1, 2):
        if number == 1:
            entries(LEAK, LAMP)
        else:
            rotate_key(a_second_officer().actor, pin_of(a_second_officer()))
            report = home / "report.txt"
            report.write_text("Surveyor: seal worn.")
            document = add_document(a_second_officer().actor, report)
            said = "Fire pump No 2 fails to prime and is out of service."
            capture(a_second_officer().actor, said, document_ids=[document])
            an_entry(GUEST)
        clock.advance(hours=4)
        draft_id = signed()
        drain()
        (folder,) = home.glob(f"handover/*/signed/{draft_id}")
        folders.append(folder)
        marks.append(str(fingerprint()))
    log = home / "handover" / "audit.jsonl"
    size = read_checkpoint(marks[1]).size
    log.write_bytes(b"".join(spelt(event) for event in stored_events(0, size)))
    database.close()
    return Archive(home / "handover", folders[0], folders[1], log, marks[0], marks[1])


def spelt(event: Json) -> bytes:
    """A line of an exported log."""
    return json.dumps(event, ensure_ascii=False).encode() + b"\n"


def ours(path: Path, *marks: str) -> Said:
    """What `eightbells verify` complains of, by check."""
    verdict = verify_path(path, [read_checkpoint(mark) for mark in marks])
    return {check.name: check.detail for check in verdict.checks if not check.ok}


def theirs(path: Path, *marks: str, script: Path, site: bool = False) -> Said:
    """What verify.py complains of, run without any installed package unless `site`."""
    given = [word for mark in marks for word in ("--checkpoint", mark)]
    flags = ["-I"] if site else ["-I", "-S"]
    ran = subprocess.run(
        [sys.executable, *flags, script, path, *given],
        capture_output=True, text=True, cwd="/", check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    wrong = [line[8:].split(": ", 1) for line in ran.stdout.splitlines() if line[:6] == "NOT OK"]
    assert ran.returncode == bool(wrong)
    assert ran.stdout.splitlines()[-1] == (
        "NOT as it was signed." if wrong else "Everything is as it was signed."
    )
    return dict(wrong)


def rewritten(folder: Path, name: str, change: Callable[[Json], object]) -> None:
    """Change one of the JSON files, spell it canonically again, and list its new hash."""
    said = json.loads((folder / name).read_bytes())
    change(said)
    (folder / name).write_bytes(canonical_json(said))
    relisted(folder)


def relisted(folder: Path) -> None:
    """Make the list of hashes anew, as a forger would."""
    names = [line.split("  ")[1] for line in (folder / HASHES).read_text().splitlines()]
    there = [name for name in names if (folder / name).is_file()]
    hashes = {name: sha256_hex((folder / name).read_bytes()) for name in there}
    (folder / HASHES).write_bytes(hash_listing(hashes))


def signed_anew(folder: Path, place: int) -> str:
    """Sign in somebody's name with a key of one's own; returns that key."""
    key = Ed25519PrivateKey.generate()

    def change(said: Json) -> None:
        one = said["signatures"][place]
        one["public_key"] = public_hex(key)
        one["signature"] = key.sign(canonical_json(one["statement"])).hex()

    rewritten(folder, "handover.json", change)
    return public_hex(key)


def forged_throughout(folder: Path) -> None:
    """Another key, entered in the crew list and the log, with every hash and the root made anew."""
    key = signed_anew(folder, 0)
    document_hash = sha256_hex((folder / "handover.json").read_bytes())

    def change(proof: Json) -> None:
        proof["document_hash"] = document_hash
        proof["keys"][0]["public_key"] = key
        last, size = proof["events"][-1], proof["log"]["size"]
        values = last["values"]
        detail = json.loads(values[COLUMNS.index("detail")])
        detail["document_hash"] = document_hash
        values[COLUMNS.index("detail")] = canonical_json(detail).decode()
        last["hash"] = event_hash(values)
        steps = [bytes.fromhex(step) for step in last["path"]]
        root = root_by_inclusion(bytes.fromhex(last["hash"]), values[0] - 1, size, steps)
        assert root is not None
        proof["log"]["root"] = root.hex()

    rewritten(folder, "proof.json", change)


@pytest.fixture(scope="module")
def untouched(a_manned_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The folders as the worker made them, once a module."""
    home, clock = tmp_path_factory.mktemp("aboard") / "ship", ShipClock()
    shutil.copytree(a_manned_store, home)
    database.open_store(home, clock=clock)
    return an_archive(home, clock)


@pytest.fixture
def archive(untouched: Archive, tmp_path: Path) -> Archive:
    """A copy to be forged."""
    return untouched.moved(tmp_path / "archive")
