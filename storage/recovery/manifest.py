"""What a backup says of itself: facts in `backup.json`, a hash for every file in `SHA256SUMS`.

The list of hashes has the form of `sha256sum`, so anybody can check a backup without Eight Bells.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from storage.audit.chain import Checkpoint
from storage.errors import BackupUnusable
from storage.value import Value

FACTS, HASHES = "backup.json", "SHA256SUMS"
FORMAT = 1


class BackupRecord(Value):
    """One backup. `audit`: how far its log goes; `origin`: the hash of the log's first event.

    `schema_name` is the last migration of its store, `complaints` what was wrong with the store
    itself when it was copied. `label` says why it was made; rotation leaves a labelled one alone.
    """

    format: int = FORMAT
    made_at: datetime
    origin: str
    audit: Checkpoint
    last_event_at: datetime | None
    schema_name: str
    label: str = ""
    files: int
    bytes: int
    complaints: tuple[str, ...] = ()


class Backup(NamedTuple):
    """A backup under its final name. `fingerprint`: the hash of its list of hashes."""

    path: Path
    record: BackupRecord
    fingerprint: str


def hashes_text(hashes: Mapping[str, str]) -> str:
    """The list of hashes, by path within the backup."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))


def read_record(folder: Path) -> BackupRecord:
    """What a backup says of itself.

    Raises:
        BackupUnusable: it is none, or of a form this version does not know.
    """
    try:
        record = BackupRecord.model_validate_json((folder / FACTS).read_bytes())
    except OSError:
        raise BackupUnusable(where=folder, why=f"there is no readable {FACTS} in it.") from None
    except ValidationError:
        raise BackupUnusable(where=folder, why=f"its {FACTS} cannot be understood.") from None
    if record.format != FORMAT:
        raise BackupUnusable(where=folder, why="a later version of Eight Bells has made it.")
    return record


def read_hashes(folder: Path) -> dict[str, str]:
    """The hash of every file of a backup, by its path within it.

    Raises:
        BackupUnusable: there is no list, it cannot be understood, or it names a file elsewhere.
    """
    try:
        lines = (folder / HASHES).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BackupUnusable(where=folder, why=f"there is no readable {HASHES} in it.") from None
    found = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if not found or any(len(found[n]) != 64 or _leads_out(n) for n in found):
        raise BackupUnusable(where=folder, why=f"its {HASHES} cannot be understood.")
    return found


def _leads_out(name: str) -> bool:
    return not name or name.startswith("/") or ".." in name.split("/")
