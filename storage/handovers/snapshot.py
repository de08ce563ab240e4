"""The signed snapshot: all of a handover that is signed, printed and proved, as one value (pure).

`canonical_json(snapshot.model_dump(mode="json"))` are the bytes of handover.json; their SHA-256 is
the `document_hash`. HTML and PDF are drawn from this and nothing else (I14).
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from storage.audit.chain import Checkpoint as Checkpoint
from storage.canonical import canonical_json, sha256_hex
from storage.drafts.content import HandoverType, ItemState, SlotState
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence, RiskTag
from storage.value import Value

FIRST_NUMBER = "EB-00001"
"""The document number of a store's first signed handover."""
NOT_A_RECORD_BOOK = "Not an approved MARPOL or official log book."
BANNER = (
    "Eight Bells can make mistakes. You are responsible for reviewing and confirming this handover."
)


class Position(StrEnum):
    """Which of the two signatures."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


MEANINGS = {
    Position.OUTGOING: "I confirm this handover reflects the current operational state "
    "to the best of my knowledge.",
    Position.INCOMING: "I acknowledge receipt of this handover and accept operational "
    "responsibility.",
}
"""The meaning shown with, and covered by, each signature (DOMAIN §6)."""


FRAME = frozenset({"format", "document_number", "supersedes", "changes", "checkpoint", "note"})
"""Fields of a snapshot that come with the countersignature, which covers them (`frame_hash`)."""


class VesselFacts(Value):
    """The vessel as printed."""

    id: str
    name: str
    imo: str | None


class EntrySource(Value):
    """An entry behind an item, verbatim."""

    id: str
    at: datetime
    author: str
    role: str
    narrative: str


class EventSource(Value):
    """A ledger event behind an item."""

    id: str
    at: datetime
    type: str
    asset: str
    text: str


class DocumentSource(Value):
    """A source document behind an item."""

    id: str
    name: str
    sha256: str


class Sources(Value):
    """What an item rests on; never empty (I9)."""

    entries: tuple[EntrySource, ...] = ()
    events: tuple[EventSource, ...] = ()
    documents: tuple[DocumentSource, ...] = ()


class EditRecord(Value):
    """A person's change to an item's words; the machine's words stay beside it."""

    original: str
    new: str
    editor: str
    at: datetime
    reason: str


class ReadBack(Value):
    """A critical item in the incoming officer's own words."""

    text: str
    by: str
    at: datetime


class SnapshotItem(Value):
    """One numbered item. `number` is `section.item`, as printed."""

    number: str
    id: str
    domain: str
    domain_name: str
    text: str
    risk_tags: tuple[RiskTag, ...]
    confidence: Confidence
    state: ItemState
    conflict: bool
    uncertain: bool
    note: str
    summarised: bool
    carried: bool
    age_days: int
    count: int
    first_raised_at: datetime | None
    sources: Sources
    edits: tuple[EditRecord, ...] = ()
    read_back: ReadBack | None = None


class SnapshotSection(Value):
    """One bucket with at least one item, in fixed document order."""

    number: int
    bucket: Bucket
    label: str
    items: tuple[SnapshotItem, ...]


class MergeAnswer(Value):
    """How a person answered one merge proposal. `items` are printed numbers where still shown."""

    kind: str
    answer: str
    by: str
    at: datetime
    entries: tuple[str, ...]
    items: tuple[str, ...]


class ConflictNote(Value):
    """A conflict, and the note it was acknowledged with."""

    reason: str
    items: tuple[str, ...]
    note: str
    by: str
    at: datetime


class SlotRow(Value):
    """One line of the completeness table; `items` are printed numbers."""

    slot: str
    label: str
    state: SlotState
    items: tuple[str, ...]


class DeclineRecord(Value):
    """A relief who refused or deferred, and why; recorded and printed."""

    by: str
    role: str
    at: datetime
    reason: str


class Superseded(Value):
    """The signed handover that this one corrects, why, and who said so."""

    document_number: str
    document_hash: str
    reason: str
    by: str
    role: str
    at: datetime


class Signature(Value):
    """One person's signature over the frozen content (and, incoming, over the read-backs too).

    `signature` and `public_key` are lower-case hexadecimal Ed25519 values; the bytes signed are
    the canonical JSON of `statement`.
    """

    position: Position
    person_id: str
    name: str
    role: str
    signed_at: datetime
    meaning: str
    statement: dict[str, str]
    public_key: str
    signature: str


class Snapshot(Value):
    """Everything that is signed."""

    format: Literal["eightbells.handover/1"] = "eightbells.handover/1"
    document_number: str
    draft_id: str
    handover_type: HandoverType
    vessel: VesselFacts
    period_from: datetime
    period_to: datetime
    offset_minutes: int
    """Ship's time, minutes east of UTC, when the handover was signed."""
    supersedes: Superseded | None
    changes: tuple[str, ...] = ()
    """What changed against the handover this one supersedes, in words; never empty then."""
    sections: tuple[SnapshotSection, ...]
    completeness: tuple[SlotRow, ...]
    merge_answers: tuple[MergeAnswer, ...]
    conflicts: tuple[ConflictNote, ...]
    declines: tuple[DeclineRecord, ...]
    content_hash: str
    """SHA-256 of what the outgoing officer froze at acceptance."""
    signatures: tuple[Signature, ...]
    checkpoint: Checkpoint
    """The audit log when the handover was signed."""
    note: str = NOT_A_RECORD_BOOK


def frame_hash(snapshot: Snapshot) -> str:
    """SHA-256 of what stands around the content: number, checkpoint, what is superseded."""
    return sha256_hex(canonical_json(snapshot.model_dump(mode="json", include=set(FRAME))))


def amendment_hash(supersedes: Superseded | None, changes: tuple[str, ...]) -> str | None:
    """SHA-256 of what a correction supersedes and changes, which both signatures cover; or None."""
    if supersedes is None:
        return None
    said = {"supersedes": supersedes.model_dump(mode="json"), "changes": list(changes)}
    return sha256_hex(canonical_json(said))
