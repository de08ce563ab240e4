"""The anchor: the log's fingerprint in a small file beside the store.

A store whose newest commits were dropped, or an old copy put in its place, is sound in itself;
only a mark outside the file can tell (RELIABILITY §1.10).
"""

from storage.audit.chain import Checkpoint
from storage.audit.views import checkpoint, disagreement
from storage.database import home
from storage.durable import write_durably
from storage.errors import StoreDamaged

FILE_NAME = "anchor.json"


def write_anchor() -> Checkpoint:
    """Note the log's fingerprint so that it survives a power cut.

    Raises:
        StoreDamaged: the log lacks what the last mark names; that mark stays, or nobody would know.
    """
    check_anchor()
    mark = checkpoint()
    write_durably(home() / FILE_NAME, mark.model_dump_json().encode())
    return mark


def read_anchor() -> Checkpoint | None:
    """The last mark; None when there is none yet or it cannot be read."""
    try:
        return Checkpoint.model_validate_json((home() / FILE_NAME).read_bytes())
    except (OSError, ValueError):
        return None


def check_anchor() -> None:
    """Hold the store against the mark.

    Raises:
        StoreDamaged: the store lacks events that were once recorded (an old copy, a lost tail).
    """
    mark = read_anchor()
    problem = disagreement(mark) if mark else None
    if problem:
        raise StoreDamaged(home=home(), why=f"{problem}; was an older copy put in its place?")
