"""Every way Eight Bells says no.

    EightBellsError
    ├── Refused                  a rule says no: nothing changed, the refusal is on record  (exit 1)
    │   ├── NotFound                there is no such thing
    │   ├── WrongState              the move is not legal from here
    │   │   └── Grown                   a bulk act would touch more than was shown
    │   ├── NotPermitted            this person, role or service may not do it
    │   │   └── AccessViolation     a job wrote what it may not write
    │   ├── NotReady                something is still missing; `facts["missing"]` lists it
    │   ├── BadInput                what was given cannot be used
    │   │   ├── TooLong
    │   │   └── BadLines            a file has lines that cannot be used; `facts["rejected"]`
    │   ├── WrongPin
    │   ├── LockedOut               too many wrong PINs
    │   │   └── TryLater                the wait after a wrong PIN is not over
    │   └── AlreadyExists
    ├── Failed                      an honest attempt did not succeed                      (exit 1)
    │   ├── JobFailed
    │   ├── ExportFailed
    │   ├── BackupFailed
    │   └── BackupUnusable          a backup is not what it was when it was made
    └── StoreError                  the store cannot be used                               (exit 3)
        ├── StoreMissing
        ├── StoreExists
        ├── StoreBusy               someone else holds the write lock
        ├── StoreUnreachable        the database server does not answer
        ├── StoreReadOnly
        ├── StoreForbidden          this account may not look into the folder
        ├── StoreFull               no space left
        ├── StoreDamaged            what is there is not what was written
        ├── StoreNewer              a newer version of this program has made it its own
        ├── NotUpgraded             it is of an earlier version and stays as it is
        ├── StoreUnsupported        this engine or file system cannot keep the promises
        └── BadSettings             settings.toml says what cannot be

A leaf has a stable `code` for programs and one sentence for people. The sentence is a template;
the facts that fill it stay on the exception.
"""

import errno
from typing import Any, ClassVar

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_LEAVE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What a disk, or a quota on it, says when there is no room, and when there is no leave."""


class EightBellsError(Exception):
    """The root: anything Eight Bells raises on purpose."""

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))


class Refused(EightBellsError):
    """A rule said no. `why` is the rule's own sentence."""

    code = "refused"
    sentence = "{why}"


class NotFound(Refused):
    """`kind` names the sort of thing, `id` what was asked for, `hint` what may have been meant."""

    code = "not_found"
    sentence = "There is no {kind} {id!r}.{hint}"

    def __init__(self, *, kind: str, id: str, hint: str = "") -> None:
        super().__init__(kind=kind, id=id, hint=f" {hint}" if hint else "")


class WrongState(Refused):
    """The move is not in the table of legal moves, or the row moved on meanwhile."""

    code = "wrong_state"


class Grown(WrongState):
    """More rows match now than the `shown` ones somebody decided about; nothing was changed."""

    code = "grown"
    sentence = "{shown:,} were shown and {now:,} match now: nothing was changed. Look again."


class NotPermitted(Refused):
    """This actor may not do this, whatever the state."""

    code = "not_permitted"


class AccessViolation(NotPermitted):
    """A job touched more than its access mode allows; nothing of it is kept (JOBS §2)."""

    code = "access_violation"
    sentence = "{why}"


class NotReady(Refused):
    """Something is still missing. `missing` is a list of sentences."""

    code = "not_ready"
    sentence = "Not yet: {summary}"

    def __init__(self, missing: list[str]) -> None:
        super().__init__(missing=missing, summary="; ".join(missing) + ".")


class BadInput(Refused):
    """What was given cannot be used; `why` says what and where."""

    code = "bad_input"


class TooLong(BadInput):
    """A text over its limit (characters)."""

    code = "too_long"
    sentence = "The {what} has {length} characters; at most {limit} are kept."


class BadLines(BadInput):
    """A file has unusable lines. `rejected` is a list of {line, code, message}."""

    code = "bad_lines"
    sentence = "{count} of {total} lines cannot be used, the first is line {first}: {message}"


class WrongPin(Refused):
    """The PIN does not open this person's key. `left` tries remain, the next after the `pause`."""

    code = "wrong_pin"
    sentence = "That PIN does not open the key of {name}; {left} tries left before lock-out.{pause}"

    def __init__(self, *, name: str, left: int, pause: str = "") -> None:
        super().__init__(name=name, left=left, pause=pause)


class LockedOut(Refused):
    """Too many wrong PINs in a row."""

    code = "locked_out"
    sentence = (
        "{name} is locked out after {failures} wrong PINs; two others aboard can reset the PIN."
    )


class TryLater(LockedOut):
    """The wait after a wrong PIN is not over: `wait` in words; no PIN was tried."""

    code = "try_later"
    sentence = "{name} may try again in {wait}; wrong PINs in a row so far: {failures}."


class AlreadyExists(Refused):
    """A name or id that must be unique is taken."""

    code = "already_exists"
    sentence = "There already is a {kind} {id!r}.{hint}"

    def __init__(self, *, kind: str, id: str, hint: str = "") -> None:
        super().__init__(kind=kind, id=id, hint=f" {hint}" if hint else "")


class Failed(EightBellsError):
    """An honest attempt did not succeed; it can be tried again."""

    code = "failed"
    sentence = "{why}"


class JobFailed(Failed):
    """A job that was waited for did not complete."""

    code = "job_failed"
    sentence = "Job {id} ended {status} ({reason}): {error}"


class ExportFailed(Failed):
    """A document could not be made or stored."""

    code = "export_failed"


class BackupFailed(Failed):
    """A backup could not be made; `why` says what stood in the way. Earlier ones are untouched."""

    code = "backup_failed"
    sentence = "No backup was made in {where}: {why} Earlier backups are as they were."


class BackupUnusable(Failed):
    """A backup lacks something, or holds other bytes than it was made with."""

    code = "backup_unusable"
    sentence = "The backup {where} cannot be used: {why}"


class StoreError(EightBellsError):
    """The store cannot be used."""

    code = "store_error"
    sentence = "{why}"
    exit_code = 3


class StoreMissing(StoreError):
    """No store at the place named."""

    code = "store_missing"
    sentence = "There is no store in {home}; `eightbells init` makes one."


class StoreExists(StoreError):
    """`init` on a folder that already holds a store."""

    code = "store_exists"
    sentence = "There already is a store in {home}; nothing was changed."


class StoreBusy(StoreError):
    """Another process has held the write lock for too long."""

    code = "store_busy"
    sentence = (
        "The store has been locked by another process for {seconds} seconds; nothing was written."
    )


class StoreUnreachable(StoreError):
    """The server that EIGHTBELLS_DATABASE_URL names cannot be used; `why` names no password."""

    code = "store_unreachable"
    sentence = "The database server cannot be used: {why}"


class StoreReadOnly(StoreError):
    """The medium or its permissions refuse writing; `hint` says where to look."""

    code = "store_read_only"
    sentence = "The store in {home} cannot be written; {hint}."

    def __init__(self, *, home: Any, hint: str = "check permissions and the disk") -> None:
        super().__init__(home=home, hint=hint)


class StoreForbidden(StoreError):
    """The account that runs the program may not look into the store's folder."""

    code = "store_forbidden"
    sentence = "This account may not look into {home}; check who owns it and its permissions."


class StoreFull(StoreError):
    """The disk is full; the transaction was rolled back."""

    code = "store_full"
    sentence = "The disk holding {home} is full; nothing was written."


class StoreDamaged(StoreError):
    """What is in the store is not what was written."""

    code = "store_damaged"
    sentence = "The store in {home} is damaged: {why}"


class StoreNewer(StoreError):
    """The store has a migration, `name`, this version has not: it cannot know what that means."""

    code = "store_newer"
    sentence = (
        "The store in {home} was opened by a newer version ({name}) and is newer than this one: "
        "start the newer one, or take the way back of docs/installation.md."
    )


class NotUpgraded(StoreError):
    """A store of an earlier version could not be brought up to this one; nothing of it changed."""

    code = "not_upgraded"
    sentence = "The store in {home} is of an earlier version and stays as it was: {why}"


class StoreUnsupported(StoreError):
    """This SQLite, server or file system cannot keep the promises (RELIABILITY §1)."""

    code = "store_unsupported"


class BadSettings(StoreError):
    """The file of settings beside the store; `why` names the field."""

    code = "bad_settings"
    sentence = "{path} cannot be used: {why}"
