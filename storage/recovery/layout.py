"""What of a store's folder belongs into a backup (pure).

Everything does but what is listed here with its reason, so that a file nobody thought of is kept.
"""

from pathlib import PurePosixPath

LEFT_OUT = {
    "ledger.db": "copied by the engine, its write-ahead log folded in",
    "ledger.db-wal": "folded into the copy",
    "ledger.db-shm": "shared memory of the processes that have the store open",
    "ledger.lock": "a kernel lock",
    "anchor.json": "written anew, for the events the copy holds",
    "watch.state": "who watches just now",
    "workers": "locks and bells of the processes that run just now",
    "logs": "what programs said; what happened is in the store itself",
    "backups": "the other backups",
}
"""Names at the top of the folder, and why the backup has none or another file of that name."""


def belongs(path: PurePosixPath) -> bool:
    """Whether a file, by its path within the store's folder, is copied as it is.

    Not what is hidden: unfinished work that has not taken its final name yet. Nor prints of drafts,
    which may be replaced at any time and are no authority (DOMAIN §7).
    """
    hidden = any(part.startswith(".") for part in path.parts)
    is_draft = path.parts[0] == "handover" and path.parts[2:3] == ("drafts",)
    return not (hidden or is_draft or path.parts[0] in LEFT_OUT)
