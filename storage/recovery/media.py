"""The medium a backup goes to: is there room, and what its refusals mean in one sentence."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as driver

from storage.database import FILE_NAME
from storage.errors import BackupFailed, StoreDamaged
from storage.recovery.files import files_of

RESERVE_BYTES = 16 << 20
"""Room that stays free beside a backup: the store it copies may be on the same disk."""

FULL = "the disk is full."
DAMAGE = ("malformed", "not a database")
"""What the engine says of a source that is damaged; all else it says of the medium."""
_REFUSALS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: "it can only be read.",
    errno.EACCES: "nobody has leave to write there.",
    errno.EPERM: "nobody has leave to write there.",
    errno.ENOENT: "it is not there; is the medium mounted?",
    errno.ENOTDIR: "it is no folder.",
    errno.EIO: "the medium does not answer.",
    errno.ENODEV: "the medium is gone.",
    errno.ENXIO: "the medium is gone.",
}


def require_room(home: Path, folder: Path, earlier: Path | None) -> None:
    """Refuse what would not fit, before it has filled a disk that others write to.

    Raises:
        BackupFailed.
    """
    needed = RESERVE_BYTES + _size(home / FILE_NAME) + _size(home / f"{FILE_NAME}-wal")
    for name in files_of(home):
        size = _size(home / name)
        if earlier is None or _size(earlier / name) != size:
            needed += size
    free = shutil.disk_usage(folder).free
    if free < needed:
        said = f"it needs {needed / 1e6:,.1f} MB, and {free / 1e6:,.1f} MB are free."
        raise BackupFailed(where=folder, why=said)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


@contextmanager
def plainly(home: Path, folder: Path) -> Iterator[None]:
    """Say in one sentence why a backup of `home` cannot be written to `folder`.

    Raises:
        BackupFailed: the medium refuses. StoreDamaged: the store cannot be read.
    """
    try:
        yield
    except driver.DatabaseError as error:
        if "full" in str(error):
            raise BackupFailed(where=folder, why=FULL) from error
        if any(words in str(error) for words in DAMAGE):
            raise StoreDamaged(home=home, why=f"it cannot be copied: {error}.") from error
        raise BackupFailed(where=folder, why=f"{error}; is the medium still there?") from error
    except OSError as error:
        said = _REFUSALS.get(error.errno or 0, f"{error.strerror or error}.")
        raise BackupFailed(where=folder, why=said) from error
