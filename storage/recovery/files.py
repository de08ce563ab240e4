"""Files of a backup: copied with their hash, made durable, read again from the medium."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from storage.durable import sync_folder
from storage.recovery.layout import belongs

CHUNK = 1 << 20


def files_of(home: Path) -> Iterator[PurePosixPath]:
    """Every file of a store's folder that is copied as it is, by its path within; in order."""
    for path in sorted(home.rglob("*")):
        within = PurePosixPath(path.relative_to(home))
        if belongs(within) and path.is_file() and not path.is_symlink():
            yield within


def copy_file(source: Path, target: Path) -> str | None:
    """Copy a file durably under a name that is not taken; the hash of what was copied.

    None when the source has gone meanwhile, as what somebody is just writing may.
    """
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        given = source.open("rb")
    except FileNotFoundError:
        return None
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with given, os.fdopen(handle, "wb") as taken:
        while data := given.read(CHUNK):
            digest.update(data)
            taken.write(data)
        taken.flush()
        os.fsync(taken.fileno())
    return digest.hexdigest()


def hash_of(path: Path, *, from_medium: bool = False) -> str:
    """The hash of a file; `from_medium` asks the system to forget what it holds of it first."""
    with path.open("rb") as file:
        if from_medium and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folders(top: Path) -> None:
    """Make the names in a folder and all below it durable."""
    for folder in (*(path for path in top.rglob("*") if path.is_dir()), top):
        sync_folder(folder)
