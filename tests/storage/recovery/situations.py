"""Situations in which the verbs of recovery succeed; each gives the call that is then made."""

from storage.database import home
from storage.recovery.actions import record_backup, record_restoration, record_salvage
from storage.recovery.backing_up import backup
from tests.storage.situations import Call


def to_record_backup() -> Call:
    """A backup nobody has put on record."""
    made = backup(home())
    return lambda actor: record_backup(actor, made)


def to_record_restoration() -> Call:
    """A backup this store could have been made of."""
    made = backup(home())
    return lambda actor: record_restoration(actor, made, 3)


def to_record_salvage() -> Call:
    """Any store could have been made of another's remains."""
    return lambda actor: record_salvage(actor, {"entry": 1}, None, 2)
