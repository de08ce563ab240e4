"""Where manifests lie: `manifests/prefix_NN.jsonl` beside the store, each written once."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.database import home
from storage.durable import sync_folder
from storage.engine import tuples
from storage.errors import WrongState
from storage.manifests.reading import hash_of
from storage.manifests.rules import NAME, numbered, prefix_of
from storage.manifests.tables import WorkOrder

FOLDER, WORKSHOP = "manifests", ".workshop"


def folder() -> Path:
    """Where the manifests of the open store lie."""
    return home() / FOLDER


def path_of(name: str) -> Path:
    """The file of a manifest."""
    return folder() / name


def next_name(prefix: str) -> str:
    """A name nobody has used, neither on record nor on disk."""
    folder().mkdir(exist_ok=True, mode=0o700)
    known = [name for (name,) in tuples(WorkOrder.select(WorkOrder.name))]
    return numbered(prefix, (*known, *(path.name for path in folder().iterdir())))


def own_name(path: Path) -> str | None:
    """The name of a file that lies among the manifests under a proper name; else None."""
    among = path.resolve().parent == folder().resolve()
    return path.name if among and NAME.fullmatch(path.name) else None


@contextmanager
def taken_in(path: Path, sha256: str) -> Iterator[str]:
    """The name of a manifest among the others; one from elsewhere is copied for good.

    When the block raises, nothing stays of the copy.

    Raises:
        WrongState: its content is not what it was when it was read.
    """
    name = own_name(path)
    if name is not None:
        yield name
        return
    name = next_name(prefix_of(path.stem))
    _copy(path, path_of(name))
    try:
        if hash_of(path_of(name)) != sha256:
            raise WrongState(why=f"{path.name} was changed while it was read; send it again.")
        yield name
    except BaseException:
        path_of(name).unlink(missing_ok=True)
        raise


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as given, open(target, "xb", opener=_private) as copy:
        shutil.copyfileobj(given, copy)
        copy.flush()
        os.fsync(copy.fileno())
    sync_folder(target.parent)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def workshop() -> Path:
    """An empty folder for what a job of work orders writes on the way.

    One such job runs at a time, so what is still there was left by one that was killed.
    """
    place = folder() / WORKSHOP
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    return place


def put_in_place(draft: Path, name: str) -> None:
    """Give a manifest that was written in the workshop its name, for good."""
    draft.rename(path_of(name))
    sync_folder(folder())
