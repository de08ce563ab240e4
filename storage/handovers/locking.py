"""One signature over one statement, and the snapshot that locks a handover for ever."""

from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.audit.actor import Actor
from storage.audit.views import checkpoint
from storage.canonical import canonical_json, sha256_hex
from storage.clock import to_text
from storage.drafts.tables import Draft
from storage.handovers.composing import Content
from storage.handovers.correcting import Amendment
from storage.handovers.snapshot import (
    MEANINGS,
    Position,
    ReadBack,
    Signature,
    Snapshot,
    SnapshotSection,
)
from storage.handovers.tables import Handover, HandoverSignature
from storage.identity import new_id
from storage.people.keys import public_hex


def sign(
    actor: Actor,
    key: Ed25519PrivateKey,
    row: Draft,
    position: Position,
    at: datetime,
    covered: dict[str, str],
) -> None:
    """Sign for one person, inside the caller's act; `covered` are the hashes the words stand for.

    Raises:
        NotPermitted: not a person (I13).
    """
    statement = {
        **covered,
        "draft_id": row.id,
        "meaning": MEANINGS[position],
        "name": actor.name,
        "person_id": actor.id,
        "position": position.value,
        "role": actor.role or "",
        "signed_at": to_text(at),
    }
    HandoverSignature.insert(
        id=new_id(), draft_id=row.id, review_round=row.review_round, position=position.value,
        person_id=actor.id, name=actor.name, role=actor.role, signed_at=at,
        meaning=MEANINGS[position], statement=statement, public_key=public_hex(key),
        signature=key.sign(canonical_json(statement)).hex(),
    ).execute()  # fmt: skip


def accepted_by(row: Draft) -> str | None:
    """The id of the person who accepted the draft in its present round; None if nobody has."""
    signature = HandoverSignature.get_or_none(
        HandoverSignature.draft_id == row.id,
        HandoverSignature.review_round == row.review_round,
        HandoverSignature.position == Position.OUTGOING.value,
    )
    return signature.person_id if signature else None


def complete(
    content: Content,
    amended: Amendment | None,
    spoken: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> Snapshot:
    """Everything but the signatures: content, read-backs, number, the audit checkpoint."""
    sections = [_with_read_backs(section, spoken, actor, at) for section in content.sections]
    return Snapshot(
        **{name: getattr(content, name) for name in Content.model_fields if name != "sections"},
        sections=tuple(sections),
        document_number=f"EB-{Handover.select().count() + 1:05d}",
        supersedes=amended.supersedes if amended else None,
        changes=amended.changes if amended else (),
        content_hash=content.hash,
        signatures=(),
        checkpoint=checkpoint(),
    )


def with_signatures(snapshot: Snapshot, row: Draft) -> Snapshot:
    """The snapshot with the signatures of the draft's present round, outgoing first."""
    return snapshot.model_copy(update={"signatures": _signatures(row)})


def store(snapshot: Snapshot, at: datetime) -> str:
    """Keep the snapshot word for word, inside the caller's act; returns the document hash."""
    data = canonical_json(snapshot.model_dump(mode="json"))
    document_hash = sha256_hex(data)
    Handover.insert(
        draft_id=snapshot.draft_id, vessel_id=snapshot.vessel.id,
        document_number=snapshot.document_number, snapshot=data.decode(),
        document_hash=document_hash, checkpoint_size=snapshot.checkpoint.size,
        checkpoint_root=snapshot.checkpoint.root, signed_at=at,
    ).execute()  # fmt: skip
    return document_hash


def _with_read_backs(
    section: SnapshotSection, spoken: Mapping[str, str], actor: Actor, at: datetime
) -> SnapshotSection:
    items = [
        item.model_copy(update={"read_back": ReadBack(text=spoken[item.id], by=actor.name, at=at)})
        if item.id in spoken
        else item
        for item in section.items
    ]
    return section.model_copy(update={"items": tuple(items)})


def _signatures(row: Draft) -> tuple[Signature, ...]:
    rows = HandoverSignature.select().where(
        HandoverSignature.draft_id == row.id, HandoverSignature.review_round == row.review_round
    )
    own = Signature.model_fields
    ordered = sorted(rows, key=lambda s: s.position != Position.OUTGOING)
    return tuple(Signature(**{name: getattr(s, name) for name in own}) for s in ordered)
