"""The store around one command: opened and held against its anchor, closed with a new one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.cli.answer import note
from storage.audit.anchor import check_anchor, write_anchor
from storage.audit.views import checkpoint
from storage.database import close, read_only
from storage.recovery.upgrading import open_upgraded


@contextmanager
def the_store(home: Path) -> Iterator[None]:
    """The store, open; whatever was recorded meanwhile is anchored on the way out.

    Raises:
        StoreError: missing, damaged, not to be used here, or older than its anchor.
    """
    kept = open_upgraded(home)
    if kept is not None:
        note(f"The store is of this version now; as it was, it is in {kept.path}.")
    try:
        with read_only():
            check_anchor()
            before = checkpoint()
        try:
            yield
        finally:
            with read_only():
                after = checkpoint()
            if after != before:
                write_anchor()
    finally:
        close()
