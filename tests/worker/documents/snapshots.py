"""Snapshots to print, named in words."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.drafts.content import HandoverType, ItemState, SlotState
from storage.handovers.snapshot import (
    MEANINGS,
    Checkpoint,
    ConflictNote,
    DeclineRecord,
    DocumentSource,
    EditRecord,
    EntrySource,
    EventSource,
    MergeAnswer,
    Position,
    ReadBack,
    Signature,
    SlotRow,
    Snapshot,
    SnapshotItem,
    SnapshotSection,
    Sources,
    Superseded,
    VesselFacts,
)
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS, Bucket
from storage.taxonomy.risks import Confidence, RiskTag

END = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def an_entry(narrative: str, *, number: int = 1, author: str = "Priya Nair") -> EntrySource:
    return EntrySource(
        id=f"entry-{number}",
        at=END - timedelta(minutes=7 * number % 1440),
        author=author,
        role="second_engineer",
        narrative=narrative,
    )


def an_item(
    text: str, *, number: str = "2.1", domain: str = "ENG-01", **facts: Any
) -> SnapshotItem:
    unremarkable: dict[str, Any] = {
        "risk_tags": (RiskTag.INFORMATIONAL,),
        "confidence": Confidence.MEDIUM,
        "state": ItemState.NONE,
        "conflict": False,
        "uncertain": False,
        "note": "",
        "summarised": False,
        "carried": False,
        "age_days": 0,
        "count": 1,
        "first_raised_at": None,
        "sources": Sources(entries=(an_entry(text),)),
    }
    return SnapshotItem(
        number=number,
        id=f"item-{number}",
        domain=domain,
        domain_name=DOMAINS[domain].name,
        text=text,
        **(unremarkable | facts),
    )


def a_section(number: int, bucket: Bucket, *items: SnapshotItem) -> SnapshotSection:
    return SnapshotSection(number=number, bucket=bucket, label=BUCKET_LABELS[bucket], items=items)


def a_signature(position: Position, name: str, role: str, minutes: int) -> Signature:
    return Signature(
        position=position,
        person_id=f"person-{name}",
        name=name,
        role=role,
        signed_at=END + timedelta(minutes=minutes),
        meaning=MEANINGS[position],
        statement={"content_hash": HASH},
        public_key=("ab" if position is Position.OUTGOING else "cd") * 32,
        signature="0f" * 64,
    )


def a_snapshot(*sections: SnapshotSection, **facts: Any) -> Snapshot:
    plain: dict[str, Any] = {
        "document_number": "EB-2026-0007",
        "draft_id": "draft-7",
        "handover_type": HandoverType.ENGINE_WATCH,
        "vessel": VesselFacts(id="vessel-1", name="M/Y Halcyon Tide", imo="9999993"),
        "period_from": END - timedelta(days=1),
        "period_to": END,
        "offset_minutes": 120,
        "supersedes": None,
        "sections": sections,
        "completeness": (),
        "merge_answers": (),
        "conflicts": (),
        "declines": (),
        "content_hash": HASH[::-1],
        "signatures": (
            a_signature(Position.OUTGOING, "Ewan MacAllister", "chief_engineer", 5),
            a_signature(Position.INCOMING, "Tomás Ferreira", "chief_officer", 12),
        ),
        "checkpoint": Checkpoint(size=1234, root=HASH[16:] + HASH[:16]),
    }
    return Snapshot(**(plain | facts))


def one_saying(text: str) -> Snapshot:
    """A signed handover of one item, in these words."""
    return a_snapshot(a_section(1, Bucket.ENGINEERING, an_item(text, number="1.1")))


def one_of(count: int) -> Snapshot:
    """A signed handover of `count` items, each with an entry and an event behind it."""
    items = tuple(_numbered(place) for place in range(1, count + 1))
    return a_snapshot(a_section(1, Bucket.ENGINEERING, *items))


def _numbered(place: int) -> SnapshotItem:
    text = (
        f"Fuel purifier No {place} overflows when desludging at {60 + place % 30} °C. Gravity disc "
        "of the wrong size found fitted, right disc ordered → agent. Not repaired yet."
    )
    event = EventSource(
        id=f"EV-{place}", at=END, type="fault_logged", asset=f"Purifier {place}", text="Overflow"
    )
    return an_item(
        text,
        number=f"1.{place}",
        domain="ENG-06",
        risk_tags=(RiskTag.OPERATIONAL_DEBT,),
        state=ItemState.OPEN,
        sources=Sources(entries=(an_entry(text, number=place),), events=(event,)),
    )


def one_with_everything() -> Snapshot:
    """A signed handover that uses every part of the page once."""
    return a_snapshot(
        _command(),
        _engineering(),
        _deck(),
        supersedes=Superseded(
            document_number="EB-2026-0006", document_hash="6" * 64, by="Ewan MacAllister",
            role="chief_engineer", at=END + timedelta(minutes=20),
            reason="The leak rate was read off the wrong gauge.\nSee 2.1.",
        ),
        changes=("2.1: the leak rate was 1 litre an hour, not 10.", "3.1 is new."),
        completeness=(
            SlotRow(slot="machinery", label="Machinery state", state=SlotState.STATED,
                    items=("2.1", "2.2")),
            SlotRow(slot="bilges", label="Bilges and tanks", state=SlotState.STATED_NIL, items=()),
            SlotRow(slot="orders", label="Standing orders", state=SlotState.NOT_COVERED, items=()),
        ),
        merge_answers=(
            MergeAnswer(kind="duplicate", answer="merge", by="Ewan MacAllister", at=END,
                        entries=("entry-1", "entry-2"), items=("2.1",)),
            MergeAnswer(kind="progress", answer="keep_both", by="Ewan MacAllister", at=END,
                        entries=("entry-3", "entry-gone"), items=()),
        ),
        conflicts=(
            ConflictNote(reason="75 % on the gauge, 90 % by dipstick", items=("2.2",),
                         note="Dipstick is right, gauge glass is dirty.", by="Ewan MacAllister",
                         at=END),
        ),
        declines=(
            DeclineRecord(by="Anna Kowalska", role="third_officer", at=END - timedelta(hours=1),
                          reason="Not rested: 4 h of sleep in 24."),
        ),
    )  # fmt: skip


def _command() -> SnapshotSection:
    text = "Fire detection is degraded; see item 2.1. Steering has one pump."
    entries = tuple(an_entry(f"Source {n} of the command item.", number=20 + n) for n in range(6))
    return a_section(
        1,
        Bucket.COMMAND,
        an_item(text, number="1.1", domain="CMD-01", risk_tags=(RiskTag.SAFETY_CRITICAL,),
                summarised=True, sources=Sources(entries=entries),
                read_back=a_read_back("Loop 2 is out, patrol every hour, steering on pump 1.")),
    )  # fmt: skip


def _engineering() -> SnapshotSection:
    leak = "Port stabiliser hydraulic oil leak at the fin shaft seal, about 1 litre an hour."
    first = an_item(
        leak, number="2.1", risk_tags=(RiskTag.OPERATIONAL_DEBT, RiskTag.SAFETY_CRITICAL),
        confidence=Confidence.HIGH, state=ItemState.OPEN, carried=True, age_days=12, count=4,
        first_raised_at=END - timedelta(days=12), summarised=True,
        sources=Sources(
            entries=(an_entry("Port fin leaks oil.", number=1), an_entry(leak, number=2)),
            events=(EventSource(id="EV-001", at=END - timedelta(hours=20), type="fault_logged",
                                asset="Stabiliser fin, port", text="Header tank low, 62 %"),),
            documents=(DocumentSource(id="doc-1", name="survey.pdf", sha256=HASH),),
        ),
        edits=(EditRecord(original="Port fin leaks oil.", new=leak, editor="Ewan MacAllister",
                          at=END - timedelta(minutes=9), reason="rate was missing"),),
        read_back=a_read_back("Port fin leaks a litre an hour, top up the header tank."),
    )  # fmt: skip
    second = an_item(
        "Port fuel day tank 75 % on the gauge; 90 % by dipstick.", number="2.2", domain="ENG-06",
        conflict=True, uncertain=True, confidence=Confidence.LOW,
        note="Two readings of one tank differ.",
        sources=Sources(entries=(an_entry("Port fuel day tank 75 % on the gauge.", number=3),
                                 an_entry("Port fuel day tank 90 % by dipstick.", number=4))),
    )  # fmt: skip
    return a_section(2, Bucket.ENGINEERING, first, second)


def _deck() -> SnapshotSection:
    return a_section(
        3,
        Bucket.DECK,
        an_item(
            "Passerelle only on hand pump → second person on the emergency stop.\nПаром: à 12 °C.",
            number="3.1", domain="DECK-01", state=ItemState.RESTRICTION,
            risk_tags=(RiskTag.GUEST_IMPACTING, RiskTag.COMPLIANCE_CRITICAL),
            sources=Sources(entries=(an_entry("Passerelle panel dead.", number=9),)),
            read_back=a_read_back("Hand pump only, two people."),
        ),
    )  # fmt: skip


def a_read_back(text: str) -> ReadBack:
    return ReadBack(text=text, by="Tomás Ferreira", at=END + timedelta(minutes=10))
