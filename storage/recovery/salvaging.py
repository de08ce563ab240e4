"""Salvage: everything readable of a damaged store, in a new one, and what was lost, table by table.

The damaged store is only read. The rows come into tables made anew, with all their rules; a row the
rules refuse is lost too, and counted. What remains of the audit log tells where it is broken.
"""

import mmap
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as driver

from storage.audit.actor import Actor
from storage.audit.anchor import write_anchor
from storage.database import FILE_NAME, FOLDERS, LOCK_NAME, close, create, open_store
from storage.durable import sync_file, write_durably
from storage.errors import StoreError
from storage.guard import check_library, require_file
from storage.recovery.actions import record_salvage
from storage.recovery.backing_up import ANCHOR, vouched_for
from storage.recovery.copying import chain_problem, head_of
from storage.recovery.files import copy_file, files_of
from storage.recovery.gleaning import Gleaned, glean, loose_pages, share_out
from storage.recovery.logged import logged_pages
from storage.recovery.on_server import refuse_on_a_server
from storage.recovery.pages import Image
from storage.recovery.rebuilding import (
    Definition,
    Form,
    definitions_of,
    finish,
    insert,
    lay_out,
    reset_search,
)
from storage.recovery.shaping import require_new, taking_shape
from storage.value import Value


class Loss(Value):
    """What of one table is lost. `holes`: row numbers between which some are missing, or all."""

    table: str
    rows: int
    damaged_pages: tuple[int, ...]
    holes: tuple[tuple[int | None, int | None], ...]
    refused: int
    without_tree: int


class Salvaged(Value):
    """A store made of what was left. `chain`: where its audit log is broken; None: nowhere.

    `unplaced`: rows that were found and belong to no table one can tell. `beyond`: how many events
    more the old anchor knows. `missing`: indexes and triggers that what is left does not allow.
    """

    home: Path
    rows: dict[str, int]
    losses: tuple[Loss, ...]
    unplaced: int
    missing: tuple[str, ...]
    chain: str | None
    events: int
    beyond: int
    unusable: str = ""
    """Why what came of it cannot be opened as a store; empty when it can."""


def salvage(actor: Actor, home: Path, target: Path) -> Salvaged:
    """Copy everything readable of a store nobody has open into the new folder `target`.

    Raises:
        BadInput: the folder is not new. StoreMissing. Failed: no room or no leave.
    """
    refuse_on_a_server()
    check_library()
    require_file(home / FILE_NAME)
    require_new(target)
    with taking_shape(target) as workshop:
        found = _database(home, workshop / FILE_NAME)
        for name in files_of(home):
            copy_file(home / name, workshop / name)
        for folder in FOLDERS:
            (workshop / folder).mkdir(exist_ok=True, mode=0o700)
        (workshop / LOCK_NAME).touch(mode=0o600)
        told = _told(home, target, workshop, *found)
    return told.model_copy(update={"unusable": _put_on_record(actor, told)})


def _database(home: Path, copy_path: Path) -> tuple[dict[str, int], list[Loss], int, list[str]]:
    """Rows by table, losses, rows of no table, and what could not be put back."""
    with (home / FILE_NAME).open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        log = home / f"{FILE_NAME}-wal"
        image = Image(data, logged_pages(log.read_bytes()) if log.exists() else {})
        copy_path.touch(mode=0o600)
        with closing(driver.connect(copy_path)) as copy:
            copy.isolation_level = None
            copy.execute("PRAGMA foreign_keys = 0")
            copy.execute("PRAGMA synchronous = 0")
            copy.execute("BEGIN")
            result = _refill(image, copy)
            copy.execute("COMMIT")
    sync_file(copy_path)
    return result


def _refill(image: Image, copy: Any) -> tuple[dict[str, int], list[Loss], int, list[str]]:
    """The whole of it: schema, rows, and what hangs on them."""
    seen: set[int] = set()
    schema = _schema(image, seen)
    forms = lay_out(copy, schema)
    roots = {one.name: one.root for one in schema if one.type == "table"}
    for one in schema:
        if one.type == "index" or one.name not in {form.name for form in forms}:
            glean(image, one.root, seen)  # so that none of its pages is taken for a loose one
    gleaned = {form.name: glean(image, roots[form.name], seen) for form in forms}
    broken = [(gleaned[f.name], f.numbered, f.fits) for f in forms if gleaned[f.name].is_broken]
    unplaced = share_out(loose_pages(image, seen), broken) if broken else []
    counts: dict[str, int] = {}
    losses = []
    for form in forms:
        counts[form.name], loss = _put_back(copy, form, gleaned[form.name])
        losses += [loss] if loss else []
    reset_search(copy)
    return counts, losses, sum(len(page.rows) for page in unplaced), finish(copy, schema)


def _put_back(copy: Any, form: Form, found: Gleaned) -> tuple[int, Loss | None]:
    _, refused = insert(copy, form, found.rows)
    count, refused_loose = insert(copy, form, found.loose)
    refused += refused_loose + found.spoilt
    if not (found.is_broken or refused):
        return count, None
    holes = tuple(found.holes) if form.numbered else ()
    return count, Loss(
        table=form.name, rows=count, damaged_pages=tuple(found.damaged_pages), holes=holes,
        refused=refused, without_tree=len(found.loose),
    )  # fmt: skip


def _schema(image: Image, seen: set[int]) -> list[Definition]:
    """The schema as it is stored; where pages of it are damaged, completed from a new store."""
    found = glean(image, 1, seen)
    known = {one.name: one for one in definitions_of(found.rows)}
    if found.is_broken or found.spoilt or not known:
        loose = (row for page in loose_pages(image, seen) for row in page.rows)
        known = {one.name: one for one in definitions_of(loose)} | known
        known = _of_a_new_store() | known
    return list(known.values())


def _of_a_new_store() -> dict[str, Definition]:
    with tempfile.TemporaryDirectory() as folder:
        create(Path(folder) / "new")
        close()
        with closing(driver.connect(Path(folder) / "new" / FILE_NAME)) as connection:
            rows = connection.execute(
                "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
            )
            return {r[1]: Definition(r[0], r[1], r[2], 0, r[4] or "") for r in rows}


def _put_on_record(actor: Actor, told: Salvaged) -> str:
    """Let its next event say what it is; why that cannot be."""
    lost = {loss.table: len(loss.damaged_pages) + loss.refused for loss in told.losses}
    try:
        open_store(told.home)
        record_salvage(actor, lost, told.chain, told.beyond)
        write_anchor()
    except StoreError as error:
        return str(error)
    finally:
        close()
    return ""


def _told(
    home: Path, target: Path, workshop: Path, rows: dict[str, int], losses: list[Loss],
    unplaced: int, missing: list[str],
) -> Salvaged:  # fmt: skip
    with closing(driver.connect(workshop / FILE_NAME)) as connection:
        head, chain = head_of(connection), chain_problem(connection)
    write_durably(workshop / ANCHOR, head.audit.model_dump_json().encode())
    mark = vouched_for(home)
    return Salvaged(
        home=target, rows=rows, losses=tuple(losses), unplaced=unplaced, missing=tuple(missing),
        chain=chain, events=head.audit.size,
        beyond=max(0, mark.size - head.audit.size) if mark else 0,
    )  # fmt: skip
