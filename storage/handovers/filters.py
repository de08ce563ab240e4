"""What can be asked of the signed handovers in one line: their fields, and what a word means."""

from operator import ge, lt
from typing import Any

import peewee

from storage.database import now
from storage.drafts.tables import Supersession
from storage.handovers.snapshot import Position
from storage.handovers.tables import Handover, HandoverSignature
from storage.matching import (
    Comparison,
    Field,
    Language,
    begins,
    compares,
    finds,
    moment,
    yes_or_no,
)


def _occurs(text: str) -> Any:
    signed = _signed_by(HandoverSignature.name.contains(text))
    return Handover.document_number.contains(text) | signed


def _signed_by(chosen: Any) -> Any:
    """Only the last round counts: whoever accepted an earlier one did not sign the handover."""
    signature = HandoverSignature.alias()
    last = signature.select(signature.draft_id, peewee.fn.MAX(signature.review_round)).group_by(
        signature.draft_id
    )
    place = peewee.Tuple(HandoverSignature.draft_id, HandoverSignature.review_round)
    signed = HandoverSignature.select(HandoverSignature.draft_id).where(chosen, place << last)
    return Handover.draft_id << signed


def _signatory(position: Position) -> Comparison:
    placed = HandoverSignature.position == position.value
    return finds(lambda name: _signed_by(placed & HandoverSignature.name.contains(name)))


def _superseded(wanted: bool) -> Any:
    signed = Handover.alias()
    corrected = Supersession.select(Supersession.supersedes).join(
        signed, on=(signed.draft_id == Supersession.draft_id)
    )
    found = Handover.draft_id << corrected
    return found if wanted else ~found


FIELDS: dict[str, Field] = {
    "number": Field("the document number, from its beginning", begins(Handover.document_number)),
    "on": Field("the day it was signed, UTC: 2026-03-01", begins(Handover.signed_at)),
    "outgoing": Field("who handed over, a part of the name", _signatory(Position.OUTGOING)),
    "incoming": Field("who took over, a part of the name", _signatory(Position.INCOMING)),
    "superseded": Field(
        "whether a signed correction is in force instead", finds(_superseded), yes_or_no
    ),
    "since": Field("signed from this time on", compares(Handover.signed_at, ge), moment(now)),
    "until": Field("signed before this time", compares(Handover.signed_at, lt), moment(now)),
}


_LANGUAGE = Language(FIELDS, _occurs)
read_filter, matches = _LANGUAGE.read, _LANGUAGE.matches
