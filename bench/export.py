"""How long an export takes: HTML and PDF of a signed handover, from its snapshot.

    python -m bench.export [ITEMS ...]          default: 50 500

The budget is 3 s for 500 items, best of three. The words come from the demo's entry generator;
three items in ten rest on a ledger event too, and one in twenty was edited. Exits with 1 when 500
items are over the budget.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from console.demo.story import DemoEntry, more_entries
from storage.canonical import canonical_json, sha256_hex
from storage.drafts.content import HandoverType, ItemState
from storage.handovers.snapshot import (
    MEANINGS,
    Checkpoint,
    EditRecord,
    EntrySource,
    EventSource,
    Position,
    Signature,
    Snapshot,
    SnapshotItem,
    SnapshotSection,
    Sources,
    VesselFacts,
)
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS, Bucket, bucket_of
from storage.taxonomy.risks import Confidence, RiskTag
from worker.documents.pdf import render_pdf
from worker.documents.render import render_html

BUDGET_ITEMS, BUDGET_SECONDS = 500, 3.0
END = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def main(sizes: list[int]) -> int:
    """Print a line for every size; 1 when the budget is broken."""
    _export(_snapshot(3))
    print(f"{'items':>6} {'html s':>7} {'pdf s':>7} {'total s':>8} {'ms/item':>8} {'pdf kB':>7}")
    within = True
    for items in sizes:
        html, pdf, size = min(
            (_export(_snapshot(items)) for _ in range(3)), key=lambda r: r[0] + r[1]
        )
        total = html + pdf
        within &= items != BUDGET_ITEMS or total < BUDGET_SECONDS
        print(
            f"{items:>6} {html:>7.2f} {pdf:>7.2f} {total:>8.2f} "
            f"{1000 * total / items:>8.2f} {size / 1000:>7.0f}"
        )
    print(f"budget: {BUDGET_ITEMS} items in {BUDGET_SECONDS} s: {'kept' if within else 'BROKEN'}")
    return 0 if within else 1


def _export(snapshot: Snapshot) -> tuple[float, float, int]:
    document_hash = sha256_hex(canonical_json(snapshot.model_dump(mode="json")))
    start = time.perf_counter()
    html = render_html(snapshot, document_hash=document_hash)
    drawn = time.perf_counter()
    pdf = render_pdf(html)
    return drawn - start, time.perf_counter() - drawn, len(pdf)


def _snapshot(items: int) -> Snapshot:
    return Snapshot(
        document_number="EB-2026-0500",
        draft_id="bench",
        handover_type=HandoverType.ROTATION,
        vessel=VesselFacts(id="bench", name="M/Y Halcyon Tide", imo="9999993"),
        period_from=END - timedelta(days=1),
        period_to=END,
        offset_minutes=120,
        supersedes=None,
        sections=tuple(_sections(items)),
        completeness=(),
        merge_answers=(),
        conflicts=(),
        declines=(),
        content_hash="0" * 64,
        signatures=tuple(_signature(position) for position in Position),
        checkpoint=Checkpoint(size=items, root="0" * 64),
    )


def _sections(items: int) -> Iterator[SnapshotSection]:
    told: dict[Bucket, list[DemoEntry]] = defaultdict(list)
    for entry in more_entries(items, seed=500):
        told[bucket_of(entry.domain_hint)].append(entry)
    filled = [bucket for bucket in Bucket if told[bucket]]
    for number, bucket in enumerate(filled, 1):
        drawn = tuple(
            _item(f"{number}.{place}", place, entry) for place, entry in enumerate(told[bucket], 1)
        )
        yield SnapshotSection(
            number=number, bucket=bucket, label=BUCKET_LABELS[bucket], items=drawn
        )


def _item(number: str, place: int, entry: DemoEntry) -> SnapshotItem:
    edited = place % 20 == 0
    text = f"{entry.text} Checked again." if edited else entry.text
    edit = EditRecord(original=entry.text, new=text, editor=entry.by, at=END, reason="checked")
    return SnapshotItem(
        number=number,
        id=number,
        domain=entry.domain_hint,
        domain_name=DOMAINS[entry.domain_hint].name,
        text=text,
        risk_tags=(tuple(RiskTag)[place % len(RiskTag)],),
        confidence=tuple(Confidence)[place % len(Confidence)],
        state=tuple(ItemState)[place % len(ItemState)],
        conflict=False,
        uncertain=False,
        note="",
        summarised=False,
        carried=place % 5 == 0,
        age_days=place % 9,
        count=2,
        first_raised_at=END,
        sources=_sources(number, place, entry),
        edits=(edit,) if edited else (),
    )


def _sources(number: str, place: int, entry: DemoEntry) -> Sources:
    said = EntrySource(
        id=f"entry-{number}", at=entry.at(END), author=entry.by, role=entry.role,
        narrative=entry.text,
    )  # fmt: skip
    event = EventSource(
        id=f"event-{number}", at=entry.at(END), type="fault_logged", asset="machinery",
        text=entry.text,
    )  # fmt: skip
    return Sources(entries=(said,), events=(event,) if place % 10 < 3 else ())


def _signature(position: Position) -> Signature:
    return Signature(
        position=position,
        person_id=position,
        name="Mara Lindqvist",
        role="captain",
        signed_at=END,
        meaning=MEANINGS[position],
        statement={},
        public_key="ab" * 32,
        signature="cd" * 64,
    )


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [50, BUDGET_ITEMS]))
