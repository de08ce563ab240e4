"""A whole work order as one folder: manifest, links, receipts, verdict, and a list of hashes."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.database import read_only
from storage.durable import sync_folder, write_durably
from storage.engine import ledger
from storage.errors import AlreadyExists, BadInput
from storage.identity import new_id
from storage.manifests.reading import hash_of
from storage.manifests.states import Verdict
from storage.manifests.views import FindingRecord, OrderRecord, findings_of, show_order
from storage.value import Value

MANIFEST, HASHES = "manifest.jsonl", "sha256.txt"
_LINKS = """
SELECT line, round, entry_id, job_id FROM manifest_link WHERE order_id = ? ORDER BY line, round
"""
_RECEIPTS = """
SELECT l.line, l.round, l.job_id, job.kind, job.status, job.status_reason, a.number, a.started_at,
    a.ended_at, a.outcome, a.reason, a.error_message, a.receipt
FROM manifest_link l JOIN job ON job.job_id = l.job_id
JOIN job_attempt a ON a.job_id = l.job_id
WHERE l.order_id = ? ORDER BY l.line, l.round, a.number
"""
_ATTEMPT = (
    "line", "round", "job_id", "kind", "status", "status_reason", "attempt", "started_at",
    "ended_at", "outcome", "reason", "error", "receipt",
)  # fmt: skip


class Exported(Value):
    """A folder that was written. `hashes`: file name → SHA-256."""

    order_id: str
    folder: Path
    hashes: dict[str, str]


def export_order(actor: Actor, given: str, folder: Path) -> Exported:
    """Write everything about a work order into a new folder.

    `sha256sum -c sha256.txt` inside it checks the files.

    Raises:
        NotFound. AlreadyExists: the folder is there. BadInput: it cannot be written there, or the
        manifest is not there any more.
    """
    order = show_order(given)
    if folder.exists():
        raise AlreadyExists(kind="file or folder", id=str(folder))
    workshop = folder.with_name(f".{folder.name}.{new_id()}.tmp")
    try:
        hashes = _write(order, workshop)
        with act(actor, "order.exported", "order", order.order_id) as deed:
            deed.detail = {"name": order.name, "folder": str(folder), "hashes": hashes}
            workshop.rename(folder)
            sync_folder(folder.parent)
    except OSError as error:
        raise BadInput(why=f"{folder}: {error.strerror}.") from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Exported(order_id=order.order_id, folder=folder, hashes=hashes)


def _write(order: OrderRecord, workshop: Path) -> dict[str, str]:
    workshop.mkdir(parents=True, mode=0o700)
    shutil.copyfile(order.path, workshop / MANIFEST)
    with read_only():
        order = show_order(order.order_id)
        findings = _findings(order)
        _write_lines(workshop / "links.jsonl", ("line", "round", "entry_id", "job_id"),
                     ledger.execute_sql(_LINKS, (order.order_id,)))  # fmt: skip
        _write_lines(
            workshop / "receipts.jsonl", _ATTEMPT, ledger.execute_sql(_RECEIPTS, (order.order_id,))
        )
    verdict = order.verdict and {**order.verdict.model_dump(), "findings": findings}
    write_durably(workshop / "verdict.json", to_json(verdict, indent=2) + b"\n")
    write_durably(workshop / "order.json", to_json(order, indent=2) + b"\n")
    hashes = {path.name: str(hash_of(path)) for path in sorted(workshop.iterdir())}
    listing = "".join(f"{digest}  {name}\n" for name, digest in hashes.items())
    write_durably(workshop / HASHES, listing.encode())
    return hashes


def _findings(order: OrderRecord) -> list[FindingRecord]:
    if order.verdict is None:
        return []
    number = order.verdict.total - getattr(order.verdict, Verdict.OK)
    return findings_of(order.verdict.verdict_id, limit=number)


def _write_lines(path: Path, names: tuple[str, ...], rows: Iterable[Any]) -> None:
    """One JSON object a line; a receipt is JSON already."""
    with path.open("wb") as file:
        for row in rows:
            values = dict(zip(names, row, strict=True))
            receipt = values.pop("receipt", None)
            text = to_json(values)
            if receipt is not None:
                text = text[:-1] + b',"receipt":' + receipt.encode() + b"}"
            file.write(text + b"\n")
