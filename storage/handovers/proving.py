"""The proof of a signed handover, from the log as it stood when the countersignature was in it.

A checkpoint inside the snapshot cannot cover the event that signs it. So the snapshot holds the
log's last hash before, both officers sign that, and the proof leads on from there: every event from
the checkpoint to the one that signed, each proved by the root of the tree at that size.
"""

from collections.abc import Iterator

from storage.audit.chain import Checkpoint
from storage.audit.merkle import Tree
from storage.audit.proving import rows_between, tree_of
from storage.audit.tables import AuditEvent
from storage.errors import ExportFailed
from storage.handovers.key_use import SIGNING
from storage.handovers.proof import (
    BoundKey,
    Earlier,
    KnownKey,
    LoggedEvent,
    Proof,
    attached_sources,
)
from storage.handovers.snapshot import Signature, Snapshot
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
    bound = _keys(snapshot, tree, size)
    return Proof(
        format="eightbells.proof/2" if bound else "eightbells.proof/1",
        document_number=row.document_number,
        document_hash=row.document_hash,
        log=Checkpoint(size=size, root=tree.root(size).hex()),
        events=tuple(_events(tree, snapshot.checkpoint.size, size)),
        previous=_previous(tree, size),
        keys=bound or tuple(_known_keys(snapshot)),
        sources=attached_sources(snapshot),
    )


def _events(tree: Tree, after: int, size: int, last: int | None = None) -> Iterator[LoggedEvent]:
    """The events after `after`, each with its path to the root of the first `size`."""
    for *values, stored in rows_between(after, last or size):
        path = _hexes(tree.inclusion(values[0] - 1, size))
        yield LoggedEvent(values=tuple(values), hash=stored, path=path)


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
        signed=_one(tree, signed.seq, size),
        path=_hexes(tree.consistency(signed.seq, size)),
    )


def _keys(snapshot: Snapshot, tree: Tree, size: int) -> tuple[BoundKey, ...] | None:
    """Both keys with the events that bind them; None where a signature's event names none."""
    bound = []
    for signature in snapshot.signatures:
        signed = _signing(signature, snapshot.draft_id, size)
        if signed is None:
            return None
        named, ended = _life_of(signature, size)
        bound.append(BoundKey(
            person_id=signature.person_id, name=signature.name, public_key=signature.public_key,
            named=_one(tree, named or signed, size), signed=_one(tree, signed, size),
            ended=_one(tree, ended, size) if ended else None,
        ))  # fmt: skip
    return tuple(bound)


def _known_keys(snapshot: Snapshot) -> Iterator[KnownKey]:
    for signature in snapshot.signatures:
        known = PersonKey.get_or_none(
            PersonKey.public_key == signature.public_key, PersonKey.person == signature.person_id
        )
        if known is not None:
            yield KnownKey(
                person_id=signature.person_id,
                name=known.person.name,
                public_key=known.public_key,
            )


def _signing(signature: Signature, draft_id: str, size: int) -> int | None:
    """Where the log says that this signature was made, if it says with which key."""
    made = AuditEvent.select().where(
        AuditEvent.subject_id == draft_id,
        AuditEvent.actor_id == signature.person_id,
        AuditEvent.action.in_(list(SIGNING)),
        AuditEvent.outcome == "done",
        AuditEvent.seq <= size,
    )
    last = made.order_by(AuditEvent.seq.desc()).first()
    return last.seq if last and last.detail.get("public_key") else None


def _life_of(signature: Signature, size: int) -> tuple[int | None, int | None]:
    """Where the log first calls this key this person's, and where it ended by then."""
    own = AuditEvent.select().where(
        AuditEvent.subject_kind == "person",
        AuditEvent.subject_id == signature.person_id,
        AuditEvent.outcome == "done",
        AuditEvent.seq <= size,
    )
    said = [(event.seq, event.detail) for event in own.order_by(AuditEvent.seq)]
    key = signature.public_key
    named = next((seq for seq, detail in said if detail.get("public_key") == key), None)
    return named, next((seq for seq, detail in said if detail.get("ended_key") == key), None)


def _one(tree: Tree, seq: int, size: int) -> LoggedEvent:
    return next(_events(tree, seq - 1, size, seq))


def _hexes(hashes: list[bytes]) -> tuple[str, ...]:
    return tuple(value.hex() for value in hashes)
