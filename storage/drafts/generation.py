"""Writing what the pipeline made: all of it or nothing, in the caller's transaction (I6, I7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.drafts.content import DraftContent, HandoverType, SectionContent
from storage.drafts.findings import insert_findings, renew_findings
from storage.drafts.gathering import Basis
from storage.drafts.items import insert_items, known_items, renew_items, withdraw_machine_items
from storage.drafts.moves import touch
from storage.drafts.rules import check_regenerable
from storage.drafts.states import OPEN_STATES, DraftState, ItemStatus
from storage.drafts.superseding import (
    Correction,
    correctable,
    correction_of,
    keep_correction,
)
from storage.drafts.tables import Draft, DraftItem, SectionView
from storage.drafts.taking_over import take_over
from storage.engine import tuples
from storage.errors import NotFound, WrongState
from storage.identity import new_id
from storage.taxonomy.domains import TAXONOMY_VERSION, Bucket
from storage.taxonomy.knowledge import version
from storage.value import Value


class OpenDraft(Value):
    """A draft that is not signed yet, as far as making it again needs to know it."""

    id: str
    vessel_id: str
    handover_type: HandoverType
    state: DraftState
    period_from: datetime
    period_to: datetime
    fingerprint: str
    corrects: Correction | None


def open_draft(vessel_id: str) -> OpenDraft | None:
    """The vessel's one draft that is not signed yet."""
    row = Draft.get_or_none(
        Draft.vessel_id == vessel_id, Draft.state.in_([state.value for state in OPEN_STATES])
    )
    return _opened(row) if row else None


def write_generated(
    actor: Actor,
    vessel_id: str,
    basis: Basis,
    content: DraftContent,
    *,
    job_id: str,
    trace_id: str,
) -> str:
    """A new draft in state DRAFT; returns its id.

    A correction keeps people's edits, answers and notes of what it corrects (as in I7).

    Raises:
        WrongState: the vessel has an open draft already (I5), or what the draft would correct may
        not be corrected any more.
    """
    draft_id, read_with = new_id(), _read_with()
    with act(actor, "draft.generated", "draft", draft_id, job_id=job_id, trace_id=trace_id) as deed:
        if open_draft(vessel_id) is not None:
            raise WrongState(why="The vessel has an open handover already; regenerate that one.")
        if basis.corrects:
            correctable(basis.corrects.supersedes)
        Draft.insert(
            id=draft_id, vessel_id=vessel_id, handover_type=basis.handover_type.value,
            state=DraftState.DRAFT.value, period_from=basis.window.start,
            period_to=basis.window.end, fingerprint=basis.fingerprint, trace_id=trace_id,
            job_id=job_id, created_at=deed.at, updated_at=deed.at,
        ).execute()  # fmt: skip
        if basis.corrects:
            keep_correction(draft_id, basis.corrects, deed.at)
            ids = take_over(basis.corrects.supersedes, draft_id, content)
            renew_findings(draft_id, content, ids)
            deed.detail.update(supersedes=basis.corrects.supersedes, reason=basis.corrects.reason)
        else:
            insert_findings(draft_id, content, insert_items(draft_id, content.sections, {}))
        deed.detail.update(_counts(content), entries=basis.entries, **read_with)
    return draft_id


def write_regenerated(
    actor: Actor,
    draft_id: str,
    basis: Basis,
    content: DraftContent,
    *,
    job_id: str,
    trace_id: str,
) -> None:
    """The same draft from the entries as they are now; edits, answers and notes stay (I7).

    Raises:
        WrongState: accepted or signed meanwhile. NotFound.
    """
    read_with = _read_with()
    with act(
        actor, "draft.regenerated", "draft", draft_id, job_id=job_id, trace_id=trace_id
    ) as deed:
        draft = regenerable(draft_id)
        before = _seen_content(draft_id)
        ids = renew_items(draft_id, content.sections)
        renew_findings(draft_id, content, ids)
        _forget_views_of_changed(draft_id, before)
        Draft.update(
            fingerprint=basis.fingerprint, period_from=basis.window.start,
            period_to=basis.window.end, job_id=job_id, command_takes_in=None,
        ).where(Draft.id == draft.id).execute()  # fmt: skip
        touch(draft_id, deed.at)
        deed.detail.update(_counts(content), entries=basis.entries, **read_with)


def write_command(
    actor: Actor,
    draft_id: str,
    section: SectionContent | None,
    *,
    takes_in: str | None = None,
    job_id: str,
    trace_id: str,
) -> None:
    """Replace the Command section and touch nothing else (I8).

    `takes_in` is the newest change of people that it tells of (`command_age.newest_change`).

    Raises:
        WrongState: accepted or signed meanwhile. NotFound.
    """
    with act(
        actor, "draft.command_refreshed", "draft", draft_id, job_id=job_id, trace_id=trace_id
    ) as deed:
        regenerable(draft_id)
        before = _seen_content(draft_id)
        withdraw_machine_items(draft_id, DraftItem.bucket == Bucket.COMMAND.value)
        sections = (section,) if section else ()
        insert_items(draft_id, sections, known_items(draft_id))
        _forget_views_of_changed(draft_id, before)
        Draft.update(command_takes_in=takes_in).where(Draft.id == draft_id).execute()
        touch(draft_id, deed.at)
        deed.detail.update(statements=sum(len(s.items) for s in sections))


def regenerable(draft_id: str) -> OpenDraft:
    """The draft, if its content may still be regenerated.

    Raises:
        NotFound. WrongState: from ACCEPTED on the content is frozen.
    """
    row = Draft.get_or_none(Draft.id == draft_id)
    if row is None:
        raise NotFound(kind="draft", id=draft_id)
    check_regenerable(DraftState(row.state))
    return _opened(row)


def _opened(row: Draft) -> OpenDraft:
    plain = {k: getattr(row, k) for k in OpenDraft.model_fields if k != "corrects"}
    return OpenDraft(**plain, corrects=correction_of(row.id))


def _seen_content(draft_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """What each section shows, to tell afterwards which sections changed."""
    rows = tuples(
        DraftItem.select(DraftItem.bucket, DraftItem.key, DraftItem.text)
        .where(DraftItem.draft_id == draft_id, DraftItem.status == ItemStatus.SHOWN.value)
        .order_by(DraftItem.bucket, DraftItem.position, DraftItem.id)
    )
    sections: dict[str, list[tuple[Any, ...]]] = {}
    for bucket, *shown in rows:
        sections.setdefault(bucket, []).append(tuple(shown))
    return sections


def _forget_views_of_changed(draft_id: str, before: Mapping[str, list[tuple[Any, ...]]]) -> None:
    now = _seen_content(draft_id)
    changed = [bucket for bucket in now if now[bucket] != before.get(bucket)]
    SectionView.delete().where(
        SectionView.draft_id == draft_id, SectionView.bucket.in_(changed)
    ).execute()


def _read_with() -> dict[str, Any]:
    """The versions of the data that entries are filed and read by (DOMAIN §1)."""
    return {"taxonomy": TAXONOMY_VERSION, "knowledge": version()}


def _counts(content: DraftContent) -> dict[str, int]:
    return {
        "items": sum(len(section.items) for section in content.sections),
        "merge_proposals": len(content.proposals),
        "conflicts": len(content.conflicts),
    }
