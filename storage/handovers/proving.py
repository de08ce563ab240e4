"""The proof of a signed handover, from the log as it stood when the countersignature was in it.

A checkpoint inside the snapshot cannot cover the event that signs it. So the snapshot holds the
log's last hash before, both officers sign that, and the proof leads on from there: every event from
the checkpoint to the one that signed, each proved by the root of the tree at that size.
"""

from storage.audit.chain import Checkpoint
from storage.audit.merkle import Tree
from storage.audit.proving import rows_between, tree_of
from storage.audit.tables import AuditEvent
from storage.errors import ExportFailed
from storage.handovers.proof import Earlier, KnownKey, LoggedEvent, Proof, attached_sources
from storage.handovers.snapshot import Snapshot
from storage.handovers.tables import Handover
from storage.people.tables import PersonKey

_SIGNED = (AuditEvent.action == "handover.signed") & (AuditEvent.outcome == "done")


def prove(row: Handover, snapshot: Snapshot) -> Proof:
    """The proof of a signed handover; the same whenever it is asked for.

    Raises:
        ExportFailed: the log has lost the event that signed it.
    """
    signed = AuditEvent.get_or_none(_SIGNED, AuditEvent.subject_id == row.draft_id)
    if signed is None:
        raise ExportFailed(why="The log has no event that signed it; run `eightbells doctor`.")
    tree, size = tree_of(signed.seq)
    return Proof(
        document_number=row.document_number,
        document_hash=row.document_hash,
        log=Checkpoint(size=size, root=tree.root(size).hex()),
        events=_events(tree, snapshot.checkpoint.size, size),
        previous=_previous(tree, size),
        keys=_keys(snapshot),
        sources=attached_sources(snapshot),
    )


def _events(tree: Tree, after: int, size: int) -> tuple[LoggedEvent, ...]:
    return tuple(
        LoggedEvent(
            values=tuple(values), hash=stored, path=_hexes(tree.inclusion(values[0] - 1, size))
        )
        for *values, stored in rows_between(after, size)
    )


def _previous(tree: Tree, size: int) -> Earlier | None:
    before = AuditEvent.select().where(_SIGNED, AuditEvent.seq < size)
    signed = before.order_by(AuditEvent.seq.desc()).first()
    if signed is None:
        return None
    row = Handover.get_by_id(signed.subject_id)
    return Earlier(
        document_number=row.document_number,
        document_hash=row.document_hash,
        log=Checkpoint(size=signed.seq, root=tree.root(signed.seq).hex()),
        path=_hexes(tree.consistency(signed.seq, size)),
    )


def _keys(snapshot: Snapshot) -> tuple[KnownKey, ...]:
    signed_with = {(s.person_id, s.public_key): s.name for s in snapshot.signatures}
    rows = PersonKey.select().where(PersonKey.public_key.in_([k for _, k in signed_with]))
    known = {(row.person.id, row.public_key): row.created_at for row in rows}
    return tuple(
        KnownKey(person_id=who, name=name, public_key=key, since=known[who, key])
        for (who, key), name in signed_with.items()
        if (who, key) in known
    )


def _hexes(hashes: list[bytes]) -> tuple[str, ...]:
    return tuple(value.hex() for value in hashes)
