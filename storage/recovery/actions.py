"""What recovery puts on record: a backup that was made, and what a store was made again of."""

from collections.abc import Mapping, Sequence

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.recovery.manifest import Backup


def record_backup(
    actor: Actor, made: Backup, removed: Sequence[str] = (), *, job_id: str | None = None
) -> None:
    """Note where a backup lies, what it holds, and which ones were removed because of it."""
    record = made.record
    with act(actor, "backup.made", "backup", made.path.name, job_id=job_id) as deed:
        deed.detail = {
            "path": str(made.path),
            "fingerprint": made.fingerprint,
            "events": record.audit.size,
            "bytes": record.bytes,
            "complaints": len(record.complaints),
            "removed": list(removed),
        }


def record_restoration(actor: Actor, backup: Backup, later: int | None) -> None:
    """Note in a store that was just restored what it was made of.

    `later`: how many events the earlier store had recorded since; None when it was not asked.
    """
    record = backup.record
    with act(actor, "store.restored", "store", backup.path.name) as deed:
        deed.detail = {
            "backup": backup.path.name,
            "fingerprint": backup.fingerprint,
            "made_at": to_text(record.made_at),
            "events": record.audit.size,
            "root": record.audit.root,
            "not_in_it": later,
        }


def record_salvage(actor: Actor, lost: Mapping[str, int], chain: str | None, beyond: int) -> None:
    """Note in a store that was just salvaged that it was, and what it lacks.

    `lost`: damaged pages and refused rows by table; `beyond`: events the old anchor knew.
    """
    with act(actor, "store.salvaged", "store", "salvaged") as deed:
        deed.detail = {"lost": dict(lost), "chain": chain, "not_in_it": beyond}
