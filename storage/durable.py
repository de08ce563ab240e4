"""Files that survive a power cut: temporary name, fsync, rename, folder fsync (RELIABILITY §3)."""

import os
from contextlib import suppress
from pathlib import Path

from storage.errors import NO_LEAVE, NO_ROOM, StoreFull, StoreReadOnly


def write_once(path: Path, data: bytes) -> None:
    """Write a file that must not exist with other content; the same bytes again change nothing.

    Raises:
        FileExistsError: the name is taken by other bytes. StoreFull: no space; nothing is left.
    """
    if path.exists():
        if path.read_bytes() == data:
            return
        raise FileExistsError(path)
    write_durably(path, data)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file (0600, folders 0700) so that it is whole or not there.

    Raises:
        StoreFull: no space; nothing is left behind. StoreReadOnly: no leave to write.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_and_sync(temporary, data)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if error.errno in NO_ROOM:
            raise StoreFull(home=path.parent) from error
        if error.errno in NO_LEAVE:
            raise StoreReadOnly(home=path.parent) from error
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    _sync(folder)


def sync_file(path: Path) -> None:
    """Make what was written to a file durable."""
    _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_and_sync(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
