"""Verdicts: what became of every entry, and putting on record what was found of it."""

import json
from collections.abc import Iterable, Iterator

from pydantic import Field

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.engine import execute_many, ledger
from storage.errors import WrongState
from storage.identity import new_id
from storage.jobs.record import ClaimedJob
from storage.jobs.states import JobStatus
from storage.manifests.finding import order_row
from storage.manifests.rules import Judgement, Sent
from storage.manifests.states import OrderState, Verdict
from storage.manifests.tables import VerdictRow
from storage.value import Value

_SENT = """
SELECT l.line, l.job_id, job.kind, job.arguments, job.status, job.status_reason, a.receipt,
    coalesce(a.error_message, '')
FROM manifest_link l JOIN job ON job.job_id = l.job_id
LEFT JOIN job_attempt a ON a.job_id = job.job_id AND a.number = job.attempt
WHERE l.order_id = ? AND l.round = (
    SELECT max(round) FROM manifest_link m WHERE m.order_id = l.order_id AND m.line = l.line)
ORDER BY l.line
"""
_FIND = """
INSERT INTO manifest_finding (verdict_id, line, entry_id, job_id, verdict, why)
VALUES (?, ?, ?, ?, ?, ?)
"""


class Count(Value):
    """How many entries were found in each way. `left_over`: what the workflow still finds to do."""

    total: int = 0
    ok: int = 0
    failed: int = 0
    pending: int = 0
    missing: int = 0
    mismatch: int = 0
    left_over: dict[str, int] = Field(default_factory=dict)

    @property
    def all_ok(self) -> bool:
        """Whether every entry is in order and nothing is left over."""
        return self.ok == self.total and not any(self.left_over.values())


def sent_of(order_id: str) -> Iterator[Sent]:
    """What became of every entry as it was last sent, by line, one at a time.

    To be read inside one snapshot.
    """
    rows = ledger.execute_sql(_SENT, (order_id,))
    for line, job_id, kind, arguments, status, reason, receipt, error in rows:
        yield Sent(
            line=line, job_id=job_id, kind=kind, arguments=json.loads(arguments),
            status=JobStatus(status), reason=reason, error=error,
            receipt=None if receipt is None else json.loads(receipt),
        )  # fmt: skip


def require_dispatched(order_id: str) -> None:
    """Check that there is something to verify.

    Raises:
        NotFound. WrongState: it was never dispatched.
    """
    row = order_row(order_id)
    if row.state != OrderState.DISPATCHED:
        raise WrongState(why=f"{row.name} is {row.state}; what was never sent cannot be verified.")


def record_verdict(
    actor: Actor,
    order_id: str,
    *,
    sha256: str,
    count: Count,
    findings: Iterable[Judgement],
    job: ClaimedJob,
) -> str:
    """Put on record what verifying found, in the transaction that ends its job; returns its id.

    `sha256` is that of the file as it is now; `findings` are the entries that are not in order.

    Raises:
        NotFound. WrongState: it was never dispatched.
    """
    ids = {"job_id": job.job_id, "trace_id": job.trace_id}
    with act(actor, "order.verified", "order", order_id, **ids) as deed:
        require_dispatched(order_id)
        row, verdict_id = order_row(order_id), new_id()
        unchanged = sha256 == row.sha256
        VerdictRow.insert(
            verdict_id=verdict_id, order_id=order_id, job_id=job.job_id, at=deed.at,
            round=row.round, sha256=sha256, unchanged=unchanged, **count.model_dump(),
        ).execute()  # fmt: skip
        execute_many(_FIND, (
            (verdict_id, f.line, f.entry_id, f.job_id, f.verdict, f.why)
            for f in findings if f.verdict is not Verdict.OK
        ))  # fmt: skip
        deed.detail = {"name": row.name, "unchanged": unchanged, **count.model_dump()}
        return verdict_id
