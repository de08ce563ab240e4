"""Telling both parties that a handover was sent back, each until they have seen it (DOMAIN §6)."""

from datetime import datetime
from typing import Any

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.drafts.tables import Draft, SectionView
from storage.engine import insert_rows, tuples
from storage.errors import NotFound, NotPermitted
from storage.handovers.tables import HandoverDecline, Notice
from storage.identity import new_id
from storage.people.views import CrewMember, list_crew
from storage.value import Value


class NoticeView(Value):
    """What one person is told: who sent which handover back, how (`decline`, `reopen`) and why."""

    id: str
    draft_id: str
    person_id: str
    person: str
    kind: str
    by: str
    role: str
    at: datetime
    reason: str
    seen_at: datetime | None


def notify(decline: HandoverDecline, row: Draft, accepted_by: str | None) -> list[str]:
    """Tell the two parties, inside the act that sends a draft back; returns their names.

    The outgoing officer is who accepted. The relief is named by nobody before signing: told are
    whoever declined, and the other officers who have read the handover in this round. Whoever
    sends it back knows already; for the others the notice stands until they have seen it.
    """
    reading = SectionView.select(SectionView.person_id).where(
        SectionView.draft_id == row.id, SectionView.review_round == row.review_round
    )
    readers = {person_id for (person_id,) in tuples(reading)}
    parties = [p for p in list_crew() if _is_party(p, readers, {accepted_by, decline.by_id})]
    insert_rows(
        Notice,
        [
            {
                "id": new_id(), "decline_id": decline.id, "person_id": person.id,
                "at": decline.at, "seen_at": decline.at if person.id == decline.by_id else None,
            }
            for person in parties
        ],
    )  # fmt: skip
    return [person.name for person in parties]


def see_notice(actor: Actor, notice_id: str) -> None:
    """Record that a person has seen what they were told; a repeat changes nothing.

    Raises:
        NotFound. NotPermitted: not a person, or the notice is for somebody else.
    """
    with act(actor, "notice.seen", "notice", notice_id) as deed:
        row = Notice.get_or_none(Notice.id == notice_id)
        if row is None:
            raise NotFound(kind="notice", id=notice_id)
        if row.person_id != actor.id:
            raise NotPermitted(why="The notice is for somebody else; only they can have seen it.")
        if row.seen_at is not None:
            deed.unchanged()
            return
        Notice.update(seen_at=deed.at).where(Notice.id == notice_id).execute()
        deed.detail.update(decline=row.decline_id)


def unseen_notices(person_id: str) -> list[NoticeView]:
    """What this person has still to be told, oldest first."""
    return _notices(Notice.person_id == person_id, Notice.seen_at.is_null())


def notices_of(draft_id: str) -> list[NoticeView]:
    """Everybody who was told that this draft was sent back, and when they saw it."""
    return _notices(HandoverDecline.draft_id == draft_id)


def _is_party(person: CrewMember, readers: set[str], signatories: set[str | None]) -> bool:
    return person.id in signatories or (person.is_officer and person.id in readers)


def _notices(*which: Any) -> list[NoticeView]:
    rows: list[Any] = list(
        Notice.select(Notice, HandoverDecline)
        .join(HandoverDecline, on=(HandoverDecline.id == Notice.decline_id), attr="decline")
        .where(*which)
        .order_by(Notice.id)
    )
    names = {person.id: person.name for person in list_crew()} if rows else {}
    return [
        NoticeView(
            id=row.id, draft_id=row.decline.draft_id, person_id=row.person_id,
            person=names.get(row.person_id, row.person_id), kind=row.decline.kind,
            by=row.decline.by_name, role=row.decline.role, at=row.decline.at,
            reason=row.decline.reason, seen_at=row.seen_at,
        )
        for row in rows
    ]  # fmt: skip
