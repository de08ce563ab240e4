"""The new folder of a store that is made again: it takes its name when it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.durable import sync_folder
from storage.errors import BadInput, Failed
from storage.recovery.files import sync_folders


def require_new(target: Path) -> None:
    """Refuse a folder that holds something, or that has nothing to be in.

    Raises:
        BadInput.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput(
            why=f"{target} is there already; a store is made again in a new folder only."
        )
    if not target.absolute().parent.is_dir():
        raise BadInput(why=f"There is no folder {target.absolute().parent} to make it in.")


@contextmanager
def taking_shape(target: Path) -> Iterator[Path]:
    """A folder that takes its final name when it is whole, and goes when it is not.

    Raises:
        Failed: no room or no leave; nothing is left behind.
    """
    workshop = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        workshop.mkdir(mode=0o700)
        yield workshop
        sync_folders(workshop)
        workshop.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        shutil.rmtree(workshop, ignore_errors=True)
        raise Failed(why=f"Nothing was made: {error.strerror} ({target}).") from error
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        raise
