"""The two signatures, and the ways back: accept, decline, reopen, countersign (DOMAIN §6).

Opening a key with a PIN is slow on purpose, and so is composing a long document: both happen
ahead of the transaction. Inside it only the revision is looked at, which every change raises.
"""

from collections.abc import Mapping
from datetime import datetime

from storage.audit.actions import Deed, act, asking
from storage.audit.actor import Actor
from storage.canonical import canonical_json, sha256_hex
from storage.drafts.moves import draft_row, move_state
from storage.drafts.states import DraftState, Move
from storage.drafts.tables import Draft
from storage.drafts.views import draft
from storage.entries.rules import check_reason
from storage.errors import BadInput, NotReady, WrongState
from storage.handovers.composing import Content, compose, critical_items
from storage.handovers.correcting import Amendment, amendment
from storage.handovers.exports import submit_signed_set
from storage.handovers.locking import accepted_by, complete, sign, store, with_signatures
from storage.handovers.notices import notify
from storage.handovers.rules import (
    check_accepting,
    check_countersigning,
    check_declining,
    check_reopening,
)
from storage.handovers.snapshot import Position, frame_hash
from storage.handovers.tables import HandoverDecline, ReadBackRow
from storage.handovers.views import missing_to_accept, missing_to_sign
from storage.identity import new_id
from storage.people.actions import open_key
from storage.people.keys import public_hex

MAX_READ_BACK = 2_000


def accept(actor: Actor, draft_id: str, *, pin: str, confirmed: bool) -> None:
    """The outgoing officer's signature; from here on the content is frozen.

    Raises:
        NotReady: `facts["missing"]` lists what (I11). NotPermitted: not an officer, not a person.
        WrongState, WrongPin, LockedOut, NotFound.
    """
    with asking(actor, "draft.accepted", "draft", draft_id):
        looked_at = draft_row(draft_id)
        _check_acceptance(actor, looked_at, confirmed)
        content = compose(draft_id)
        covered = {"content_hash": content.hash, **_amended(amendment(content))}
    key = open_key(actor, pin)
    with act(actor, "draft.accepted", "draft", draft_id) as deed:
        row = _unchanged_since(looked_at)
        move_state(row, Move.ACCEPT, deed, content_hash=content.hash)
        sign(actor, key, row, Position.OUTGOING, deed.at, covered)
        deed.detail.update(covered, public_key=public_hex(key))


def decline(actor: Actor, draft_id: str, *, reason: str) -> None:
    """The relief refuses or defers: back to review, with a reason that is printed.

    Raises:
        NotPermitted: the one who accepted, or not an officer. WrongState, BadInput, NotFound.
    """
    with act(actor, "draft.declined", "draft", draft_id) as deed:
        row = draft_row(draft_id)
        check_declining(actor, DraftState(row.state), accepted_by(row))
        _send_back(actor, deed, draft_id, Move.DECLINE, check_reason(reason))
        deed.detail.update(reason=reason)


def reopen(actor: Actor, draft_id: str, *, reason: str) -> None:
    """The outgoing officer takes the acceptance back, with a reason that is printed.

    Raises:
        NotPermitted: somebody else accepted it. WrongState, BadInput, NotFound.
    """
    with act(actor, "draft.reopened", "draft", draft_id) as deed:
        row = draft_row(draft_id)
        check_reopening(actor, DraftState(row.state), accepted_by(row))
        _send_back(actor, deed, draft_id, Move.REOPEN, check_reason(reason))
        deed.detail.update(reason=reason)


def countersign(
    actor: Actor, draft_id: str, *, read_backs: Mapping[str, str], pin: str, confirmed: bool
) -> str:
    """The incoming officer's signature. Snapshot, hash, checkpoint and state in one transaction.

    `read_backs` maps the id of each critical item to the person's own words for it. The export of
    the signed set is queued in the same transaction. Returns the document hash.

    Raises:
        NotReady: `facts["missing"]` lists what (I12). NotPermitted: the same person, not an
        officer, not a person. WrongState, WrongPin, LockedOut, BadInput, NotFound.
    """
    spoken = {item: text.strip() for item, text in read_backs.items()}
    with asking(actor, "handover.signed", "draft", draft_id):
        looked_at = draft_row(draft_id)
        _check_countersignature(actor, looked_at, spoken, confirmed)
        content = _accepted_content(looked_at)
        amended = amendment(content)
    key = open_key(actor, pin)
    with act(actor, "handover.signed", "draft", draft_id) as deed:
        row = _unchanged_since(looked_at)
        _keep_read_backs(actor, draft_id, spoken, deed.at)
        snapshot = complete(content, amended, spoken, actor, deed.at)
        covered = {
            **_amended(amended),
            "content_hash": content.hash,
            "frame_hash": frame_hash(snapshot),
            "read_backs_hash": sha256_hex(canonical_json(spoken)),
        }
        sign(actor, key, row, Position.INCOMING, deed.at, covered)
        snapshot = with_signatures(snapshot, row)
        document_hash = store(snapshot, deed.at)
        move_state(row, Move.COUNTERSIGN, deed)
        submit_signed_set(actor, draft_id, row.vessel_id, trace_id=row.trace_id)
        deed.detail.update(document_hash=document_hash, number=snapshot.document_number)
        deed.detail.update(public_key=public_hex(key))
        if amended:
            deed.detail.update(supersedes=amended.supersedes.document_number)
    return document_hash


def _amended(amended: Amendment | None) -> dict[str, str]:
    return amended.covered() if amended else {}


def _check_acceptance(actor: Actor, row: Draft, confirmed: bool) -> None:
    check_accepting(actor, DraftState(row.state))
    missing = missing_to_accept(row.id, actor.id)
    if not confirmed:
        missing.append("the confirmation is not ticked")
    if missing:
        raise NotReady(missing)


def _check_countersignature(
    actor: Actor, row: Draft, spoken: Mapping[str, str], confirmed: bool
) -> None:
    check_countersigning(actor, DraftState(row.state), accepted_by(row))
    unknown = next(iter(spoken.keys() - critical_items(draft(row.id)).keys()), None)
    if unknown is not None:
        raise BadInput(why=f"{unknown!r} is not an item that is read back.")
    if any(len(text) > MAX_READ_BACK for text in spoken.values()):
        raise BadInput(why=f"A read-back has at most {MAX_READ_BACK} characters.")
    missing = missing_to_sign(row.id, actor.id, spoken)
    if not confirmed:
        missing.append("the confirmation is not ticked")
    if missing:
        raise NotReady(missing)


def _send_back(actor: Actor, deed: Deed, draft_id: str, how: Move, reason: str) -> None:
    row = draft_row(draft_id)
    outgoing = accepted_by(row)
    move_state(row, how, deed, content_hash=None, review_round=row.review_round + 1)
    decline = HandoverDecline.create(
        id=new_id(), draft_id=draft_id, kind=how.value, by_id=actor.id, by_name=actor.name,
        role=actor.role, at=deed.at, reason=reason,
    )  # fmt: skip
    deed.detail.update(notified=notify(decline, row, outgoing))


def _unchanged_since(looked_at: Draft) -> Draft:
    """The draft's row now, if nothing about it has changed since the rules were asked."""
    row = draft_row(looked_at.id)
    if row.revision != looked_at.revision:
        raise WrongState(why="The handover was changed by someone else meanwhile; look again.")
    return row


def _accepted_content(row: Draft) -> Content:
    content = compose(row.id)
    if content.hash != row.content_hash:
        raise WrongState(why="The content is not what was accepted; reopen it and review again.")
    return content


def _keep_read_backs(actor: Actor, draft_id: str, spoken: Mapping[str, str], at: datetime) -> None:
    for item_id, text in spoken.items():
        ReadBackRow.insert(
            draft_id=draft_id, item_id=item_id, text=text,
            by_id=actor.id, by_name=actor.name, at=at,
        ).execute()  # fmt: skip
