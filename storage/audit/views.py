"""Reading the audit log, taking its fingerprint, and checking that it is whole."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from storage.audit.chain import COLUMNS, GENESIS, Checkpoint, first_break
from storage.audit.filters import matches
from storage.audit.proving import begins_with
from storage.audit.tables import AuditEvent
from storage.canonical import sha256_hex
from storage.clock import to_text
from storage.database import read_only
from storage.engine import ledger
from storage.filtering import Expression
from storage.value import Value

ALL = 2**62
"""More events than there will be: no engine is asked for a limit it does not know."""


class AuditRow(Value):
    """One event as shown."""

    seq: int
    at: datetime
    actor_kind: str
    actor_id: str
    actor_name: str
    action: str
    outcome: str
    subject_kind: str
    subject_id: str
    job_id: str | None
    trace_id: str | None
    detail: dict[str, Any]
    hash: str


class AuditQuery(Value):
    """What to list; every filter given must hold. `actor` is an id or a name, `action` a prefix."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    job: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    where: Expression | None = None


class AuditVerdict(Value):
    """Whether the log is whole; `problem` names the first event that is not, and why.

    `root` is the hash of the last event looked at.
    """

    ok: bool
    size: int
    root: str
    problem: str | None = None
    at_seq: int | None = None


def list_events(
    query: AuditQuery | None = None, *, before: int | None = None, limit: int = 200
) -> list[AuditRow]:
    """Events newest first, at most `limit`, all with a sequence number below `before`."""
    rows = AuditEvent.select().where(*_conditions(query or AuditQuery()))
    if before is not None:
        rows = rows.where(AuditEvent.seq < before)
    with read_only():
        return [_row(event) for event in rows.order_by(AuditEvent.seq.desc()).limit(limit)]


def count_events(query: AuditQuery | None = None) -> int:
    """How many events the query matches."""
    with read_only():
        return int(AuditEvent.select().where(*_conditions(query or AuditQuery())).count())


def checkpoint() -> Checkpoint:
    """How far the log has come: its size and the hash of its last event."""
    last = (
        AuditEvent.select(AuditEvent.seq, AuditEvent.hash)
        .order_by(AuditEvent.seq.desc())
        .tuples()
        .first()
    )
    return Checkpoint(size=last[0], root=last[1]) if last else Checkpoint(size=0, root=GENESIS)


def verify(against: Sequence[Checkpoint] = ()) -> AuditVerdict:
    """Walk the whole chain, then hold it against earlier fingerprints: a cut tail shows (I15)."""
    with read_only():
        now = checkpoint()
        broken = None if _is_whole_as_spelt() else first_break(_stored_rows())
        if broken:
            return AuditVerdict(
                ok=False, size=now.size, root=now.root, at_seq=broken[0],
                problem=f"event {broken[0]}: {broken[1]}",
            )  # fmt: skip
        for earlier in against:
            problem = disagreement(earlier)
            if problem:
                return AuditVerdict(
                    ok=False, size=now.size, root=now.root, at_seq=earlier.size, problem=problem
                )
    return AuditVerdict(ok=True, size=now.size, root=now.root)


def verify_on(mark: Checkpoint, at_most: int) -> AuditVerdict:
    """Walk at most `at_most` events on from a fingerprint that held; how far that came.

    The verdict's size and root are the next fingerprint to walk on from.
    """
    with read_only():
        problem, rows = disagreement(mark), list(_stored_rows(mark.size, at_most))
    broken = None if problem else first_break(rows, mark)
    if broken:
        problem = f"event {broken[0]}: {broken[1]}"
    if problem:
        at_seq = broken[0] if broken else mark.size
        return AuditVerdict(
            ok=False, size=mark.size, root=mark.root, at_seq=at_seq, problem=problem
        )
    last = rows[-1] if rows else (mark.size, mark.root)
    return AuditVerdict(ok=True, size=last[0], root=last[-1])


def disagreement(earlier: Checkpoint) -> str | None:
    """Why the log does not contain an earlier fingerprint; None when it does.

    Its root is that of the tree over the first events, or the hash of the last of them: no value
    can be both, because a tree is hashed behind a byte that no event begins with.
    """
    if earlier.size == 0:
        return None
    event = AuditEvent.get_or_none(AuditEvent.seq == earlier.size)
    if event is None:
        size = checkpoint().size
        said = f"the log ends at event {size}, but event {earlier.size} was once recorded"
        return said + _restored_before(earlier.size)
    if event.hash != earlier.root and not begins_with(earlier):
        said = f"event {earlier.size} is not the one that was recorded then"
        return said + _restored_before(earlier.size)
    return None


def _restored_before(size: int) -> str:
    """That the store was made of a backup before it came so far: why it lacks what was recorded."""
    row = ledger.execute_sql(
        "SELECT seq, at FROM audit_event WHERE action = 'store.restored' AND seq <= ? "
        "ORDER BY seq DESC LIMIT 1", (size,),
    ).fetchone()  # fmt: skip
    return f" (restored from a backup at event {row[0]}, {row[1]})" if row else ""


def _is_whole_as_spelt() -> bool:
    """Whether every row, spelt by the engine itself, has the hash recorded for it, in one chain.

    Four times as fast as the exact walk, and a yes is as good: equal hashes are equal texts. A no
    may be a difference of spelling only, so `first_break` decides it and says where and why.
    """
    names = ", ".join(COLUMNS)
    rows = ledger.execute_sql(
        f"SELECT seq, prev_hash, hash, json_array({names}) FROM audit_event ORDER BY seq"
    )
    expected, last = 1, GENESIS
    for seq, prev, stored, text in rows:
        if seq != expected or prev != last or sha256_hex(text.encode()) != stored:
            return False
        expected, last = expected + 1, stored
    return True


def _stored_rows(after: int = 0, at_most: int = ALL) -> Iterator[tuple[Any, ...]]:
    names = ", ".join((*COLUMNS, "hash"))
    chosen = f"SELECT {names} FROM audit_event WHERE seq > ? ORDER BY seq LIMIT ?"
    return iter(ledger.execute_sql(chosen, (after, at_most)))


def _conditions(query: AuditQuery) -> list[Any]:
    chosen: list[Any] = [AuditEvent.seq > 0]
    if query.actor:
        chosen.append((AuditEvent.actor_id == query.actor) | (AuditEvent.actor_name == query.actor))
    if query.action:
        chosen.append(AuditEvent.action.startswith(query.action))
    if query.subject:
        chosen.append(AuditEvent.subject_id == query.subject)
    if query.job:
        chosen.append(AuditEvent.job_id == query.job)
    if query.since:
        chosen.append(AuditEvent.at >= to_text(query.since))
    if query.until:
        chosen.append(AuditEvent.at < to_text(query.until))
    if query.where is not None:
        chosen.append(matches(query.where))
    return chosen


def _row(event: AuditEvent) -> AuditRow:
    return AuditRow(**{name: getattr(event, name) for name in AuditRow.model_fields})
