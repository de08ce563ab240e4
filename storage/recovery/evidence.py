"""The files that the record names, with the hash each must have; read from any version of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from storage.recovery.copying import has_table
from storage.recovery.files import hash_of

WHOLE, MISSING, DIFFERENT = "whole", "missing", "different"
UNREADABLE = "not to be read"
"""The account may not, or the disk cannot."""


class Named(NamedTuple):
    """A file on record: its path within the store's folder, its hash, and what it is."""

    path: str
    sha256: str
    what: str


def files_on_record(connection: Any) -> Iterator[Named]:
    """Source documents, signed sets, exports and work orders."""
    if has_table(connection, "source_document"):
        for path, digest, name in connection.execute(
            "SELECT path, sha256, name FROM source_document"
        ):
            yield Named(path, digest, f"the source document {name}")
    if has_table(connection, "handover_export"):
        for folder, kind, hashes in connection.execute(
            "SELECT path, type, hashes FROM handover_export"
        ):
            for name, digest in json.loads(hashes).items():
                yield Named(f"{folder}/{name}", digest, f"a file of the {kind} export")
    if has_table(connection, "work_order"):
        for name, digest in connection.execute("SELECT name, sha256 FROM work_order"):
            yield Named(f"manifests/{name}", digest, f"the work order {name}")


def state_of(folder: Path, named: Named) -> str:
    """Whether a file on record is whole, missing, different or not to be read."""
    path = folder / named.path
    try:
        if not path.is_file():
            return MISSING
        return WHOLE if hash_of(path) == named.sha256 else DIFFERENT
    except OSError:
        return UNREADABLE
