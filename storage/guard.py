"""Before a store is opened: can the promises be kept here? (RELIABILITY §1, §4)"""

import os
import re
from pathlib import Path

import peewee
from pysqlite3 import dbapi2 as driver

from storage.errors import StoreDamaged, StoreForbidden, StoreMissing, StoreUnsupported

REMOTE_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "9p", "vboxsf", "fuse.sshfs",
     "fuse.rclone", "fuse.davfs", "davfs", "fuse.s3fs", "fuse.glusterfs", "fuse.vmhgfs-fuse",
     "fuse.smbnetfs", "fuse.ceph-fuse", "fuse.juicefs", "fuse.gcsfuse", "vmhgfs", "prl_fs", "coda",
     "ceph", "lustre", "beegfs", "gfs2", "ocfs2"}
)  # fmt: skip
"""What two machines can have mounted at once. No lock and no shared memory of SQLite's log holds
between them, so a store is refused here before a second machine could open it."""


_ESCAPED = re.compile(r"\\([0-7]{3})")


def check_library() -> None:
    """Refuse a SQLite with the WAL-reset defect, or a second library in this process.

    Raises:
        StoreUnsupported: RELIABILITY §1.3–1.4.
    """
    if vars(peewee)["sqlite3"] is not driver:
        raise StoreUnsupported(why="peewee is not using pysqlite3; reinstall the dependencies.")
    version = driver.sqlite_version_info
    backported = any(
        version[:2] == branch[:2] and version >= branch for branch in ((3, 50, 7), (3, 44, 6))
    )
    if not (version >= (3, 51, 3) or backported):
        raise StoreUnsupported(
            why=f"SQLite {driver.sqlite_version} can lose commits; 3.51.3 is needed."
        )


def check_file_system(folder: Path) -> None:
    """Refuse a network share: its locks do not hold between machines.

    Raises:
        StoreUnsupported: the folder is on NFS, SMB or the like.
    """
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return
    kind = file_system_of(folder.resolve(), os.fsdecode(mounts.read_bytes()))
    if kind in REMOTE_FILE_SYSTEMS:
        raise StoreUnsupported(
            why=f"{folder} is on a network share ({kind}), where two machines could write at once. "
            "A store needs a disk of this machine; what several share is in docs/fleet.md."
        )


def file_system_of(folder: Path, mounts: str) -> str:
    """The kind of file system that a folder is on, by a text in the form of `/proc/mounts` (pure).

    Blanks, line ends and backslashes in a name are octal there; all else stands as it is.
    """
    best, kind = "", ""
    for line in mounts.split("\n"):
        if not line:
            continue
        _, escaped, name, *_ = line.split(" ")
        point = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), escaped)
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, name
    return kind


def is_there(path: Path) -> bool:
    """Whether there is the file of a store.

    Raises:
        StoreForbidden: this account may not look.
    """
    try:
        return path.exists()
    except PermissionError:
        raise StoreForbidden(home=path.parent) from None


def require_file(path: Path) -> None:
    """Refuse a folder without the file of a store.

    Raises:
        StoreMissing. StoreForbidden: this account may not look.
    """
    if not is_there(path):
        raise StoreMissing(home=path.parent)


def file_number(path: Path) -> tuple[int, int]:
    """Device and number of a file: the same as long as it is the same file."""
    found = path.stat()
    return found.st_dev, found.st_ino


def check_file(path: Path, opened: tuple[int, int]) -> None:
    """Refuse a store whose file was put away or replaced: what is written to it would be lost.

    Raises:
        StoreMissing, StoreDamaged.
    """
    try:
        same = file_number(path) == opened
    except FileNotFoundError:
        raise StoreMissing(home=path.parent) from None
    if not same:
        raise StoreDamaged(home=path.parent, why="its file was replaced; start again to open it.")
