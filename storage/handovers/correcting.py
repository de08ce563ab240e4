"""What a correction says of the handover it supersedes, and what that handover says of it."""

from storage.drafts.tables import Supersession
from storage.handovers.changes import changes
from storage.handovers.composing import Content
from storage.handovers.snapshot import Snapshot, Superseded, amendment_hash
from storage.handovers.tables import Handover
from storage.value import Value


class Amendment(Value):
    """What a correction supersedes, and what it changes, in words."""

    supersedes: Superseded
    changes: tuple[str, ...]

    def covered(self) -> dict[str, str]:
        """What a signature over the correction covers besides its content."""
        return {"amendment_hash": amendment_hash(self.supersedes, self.changes) or ""}


def amendment(content: Content) -> Amendment | None:
    """What a draft corrects and changes; None when it corrects nothing."""
    supersedes = superseded(content.draft_id)
    if supersedes is None:
        return None
    row = Handover.get(Handover.document_number == supersedes.document_number)
    before = Snapshot.model_validate_json(row.snapshot)
    said = changes(before.sections, content.sections, before.completeness, content.completeness)
    return Amendment(supersedes=supersedes, changes=said)


def superseded(draft_id: str) -> Superseded | None:
    """The signed handover this draft corrects, if it corrects one."""
    row = Supersession.get_or_none(Supersession.draft_id == draft_id)
    if row is None:
        return None
    signed = Handover.get(Handover.draft_id == row.supersedes)
    return Superseded(
        document_number=signed.document_number, document_hash=signed.document_hash,
        reason=row.reason, by=row.by_name, role=row.role, at=row.at,
    )  # fmt: skip


def superseded_by(draft_id: str) -> str | None:
    """The document number of the signed correction of this handover, if there is one."""
    row = (
        Handover.select(Handover.document_number)
        .join(Supersession, on=(Supersession.draft_id == Handover.draft_id))
        .where(Supersession.supersedes == draft_id)
        .first()
    )
    return row.document_number if row else None
