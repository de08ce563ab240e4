"""Deciding about a flagged classification: the original stays, the decision is recorded (I10)."""

from typing import Any

from storage.audit.actions import Deed, act, asking
from storage.audit.actor import Actor
from storage.entries.correction_views import OpenCorrection, open_corrections
from storage.entries.rules import check_corrected_domain, check_reason, check_reviewer
from storage.entries.states import Decision
from storage.entries.tables import ClassificationCorrection, CorrectionDecision, Entry
from storage.entries.views import EntryDetail, EntryView, entries_by_id, entry
from storage.errors import NotFound, WrongState
from storage.taxonomy.classify import secondary_domains
from storage.taxonomy.domains import bucket_of
from storage.taxonomy.owners import owner_roles
from storage.vessel.views import equipment


def decide(
    actor: Actor,
    asked: str,
    decision: Decision,
    *,
    reason: str = "",
    domain: str | None = None,
) -> EntryDetail:
    """Accept or reject a request to correct a classification (DOMAIN §2).

    An accepted one files the entry under `domain`, or else the domain the request suggests; bucket,
    secondary domains and owner roles follow, risk tags and the original reading stay. A draft made
    before takes the correction when it is generated again, never by itself.

    Args:
        asked: the request, or an entry that has exactly one open request.
        reason: needed to reject.

    Raises:
        NotFound. WrongState: nothing is open, or several requests are. BadInput: no reason, or no
        domain to file it under. NotPermitted: not an officer, or the one who asked.
    """
    action = f"entry.correction_{decision.value}"
    with asking(actor, action, "entry", asked):
        request = _request(asked)
        check_reviewer(actor, request.requested_by)
        reason = check_reason(reason) if decision is Decision.REJECTED or reason else ""
        filed = _filed(request, domain) if decision is Decision.ACCEPTED else {}
    with act(actor, action, "entry", request.entry_id) as deed:
        _request(request.id)
        _record(deed, actor, request, decision, reason, filed)
    return entry(request.entry_id)


def _record(
    deed: Deed,
    actor: Actor,
    request: OpenCorrection,
    decision: Decision,
    reason: str,
    filed: dict[str, Any],
) -> None:
    CorrectionDecision.insert(
        correction_id=request.id, entry_id=request.entry_id, decision=decision.value,
        reason=reason, decided_by_id=actor.id, decided_by=actor.name, decided_at=deed.at,
        **filed,
    ).execute()  # fmt: skip
    still_open = bool(open_corrections(entry_id=request.entry_id, limit=1))
    Entry.update(classification_flagged=still_open).where(Entry.id == request.entry_id).execute()
    deed.detail.update(
        correction=request.id, before=request.filed_under, reason=reason,
        after=filed.get("primary_domain", request.filed_under),
    )  # fmt: skip


def _request(asked: str) -> OpenCorrection:
    """The open request that is meant."""
    row = ClassificationCorrection.get_or_none(ClassificationCorrection.id == asked)
    entry_id = row.entry_id if row else asked
    waiting = open_corrections(entry_id=entry_id)
    if row is not None:
        waiting = tuple(one for one in waiting if one.id == asked)
    elif not Entry.select().where(Entry.id == asked).exists():
        raise NotFound(kind="entry or correction request", id=asked)
    if not waiting:
        decided = CorrectionDecision.get_or_none(CorrectionDecision.correction_id == asked)
        raise WrongState(
            why=f"The request was {decided.decision} by {decided.decided_by} already."
            if decided
            else "No request to correct this entry is open; `entry flag` makes one."
        )
    if len(waiting) > 1:
        raise WrongState(why=f"{len(waiting)} requests about this entry are open; name one by id.")
    return waiting[0]


def _filed(request: OpenCorrection, domain: str | None) -> dict[str, Any]:
    """What the entry is filed under from now on."""
    given: EntryView = entries_by_id([request.entry_id])[request.entry_id]
    primary = check_corrected_domain(domain or request.suggested_domain, given.primary_domain)
    others = secondary_domains(given.narrative, primary, equipment().names)
    return {
        "primary_domain": primary,
        "bucket": bucket_of(primary).value,
        "secondary_domains": list(others),
        "owner_roles": list(owner_roles(primary, others, given.risk_tags)),
    }
