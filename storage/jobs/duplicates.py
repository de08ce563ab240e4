"""Two requests for the same work: what they share, and the job that makes a second one needless."""

from datetime import datetime, timedelta
from typing import Any

from storage.canonical import sha256_hex
from storage.clock import to_text
from storage.engine import ledger
from storage.jobs.kind_spec import Duplicate, KindSpec
from storage.jobs.kinds import JobKind
from storage.jobs.record import Submitted
from storage.jobs.tables import json_text


def duplicate_key(kind: JobKind, spec: KindSpec, of: str, arguments: dict[str, Any]) -> str | None:
    """What two requests share when one of them is enough; None when each one counts."""
    if spec.duplicate is Duplicate.ALLOWED:
        return None
    key = f"{kind.value}:{of}"
    if spec.duplicate is Duplicate.SAME_SUBJECT:
        return key
    return f"{key}:{sha256_hex(json_text(arguments).encode())[:16]}"


def active_duplicate(key: str | None) -> str | None:
    """The queued or running job that does this work already."""
    return _first(
        "SELECT job_id FROM job WHERE status IN ('queued', 'running') AND duplicate_key = ?", key
    )


def instead_of(
    key: str | None, idempotency_key: str | None, cooldown_s: int, at: datetime
) -> Submitted | None:
    """The job that makes a new one unnecessary, and why (JOBS §3)."""
    since = to_text(at - timedelta(seconds=cooldown_s))
    candidates = (
        ("same_key", _first("SELECT job_id FROM job WHERE idempotency_key = ?", idempotency_key)),
        ("already_active", active_duplicate(key)),
        ("cooldown", _finished_between(key, since, to_text(at)) if cooldown_s else None),
    )
    return next(
        (Submitted(job_id=job, created=False, reason=why) for why, job in candidates if job), None
    )


def _finished_between(key: str | None, since: str, until: str) -> str | None:
    return _first(
        "SELECT job_id FROM job WHERE status = 'completed' AND duplicate_key = ? "
        "AND finished_at > ? AND finished_at <= ? ORDER BY finished_at DESC",
        key,
        since,
        until,
    )


def _first(sql: str, key: str | None, *more: str) -> str | None:
    if key is None:
        return None
    row = ledger.execute_sql(f"{sql} LIMIT 1", (key, *more)).fetchone()
    return row[0] if row else None
