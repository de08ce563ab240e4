"""A signed handover as a person reads it, and beside the one before it."""

from collections.abc import Iterator

from console.cli.words import both_times, count, listed, one_line
from storage.handovers.comparing import Compared, Comparison, Standing
from storage.handovers.snapshot import Snapshot, SnapshotItem, Sources
from storage.taxonomy.risks import RISK_WORDS
from storage.taxonomy.roles import role_words

HEADINGS = {
    Standing.NEW: "new in this one",
    Standing.CHANGED: "said otherwise before",
    Standing.CARRIED: "still as it was",
    Standing.GONE: "not in this one any more",
}


def signed_lines(signed: Snapshot) -> Iterator[str]:
    """Every section with its items and what they rest on, then what it covers."""
    for section in signed.sections:
        yield ""
        yield f"{section.number} {section.label}  ({count(len(section.items), 'item')})"
        for item in section.items:
            yield from item_lines(item)
    yield ""
    yield "completeness"
    for slot in signed.completeness:
        yield f"  {slot.label}: {slot.state.value.replace('_', ' ')} ({listed(slot.items)})"


def item_lines(item: SnapshotItem) -> Iterator[str]:
    """One item, its read-back, what people changed, and its evidence word for word."""
    yield f"  {item.number}  {item.domain} {item.domain_name}  [{_marks(item)}]"
    yield from (f"       {line}" for line in item.text.splitlines())
    if item.read_back:
        yield f"       read back by {item.read_back.by}: {one_line(item.read_back.text)}"
    for edit in item.edits:
        yield f"       changed by {edit.editor}, was: {one_line(edit.original)}"
    yield from _evidence(item.sources)


def comparison_lines(comparison: Comparison | None) -> Iterator[str]:
    """What is new, changed, still there and gone against the handover signed before."""
    yield ""
    if comparison is None:
        yield "no handover was signed before this one"
        return
    figures = ", ".join(f"{len(comparison.of(way))} {way}" for way in Standing)
    yield f"compared with {comparison.previous}: {figures}"
    for way, heading in HEADINGS.items():
        found = comparison.of(way)
        if found:
            yield ""
            yield heading
        for fact in found:
            yield from _compared(fact)


def _compared(fact: Compared) -> Iterator[str]:
    if fact.item is None:
        (gone,) = fact.before
        yield f"  was {gone.number}  [{_marks(gone)}] {one_line(gone.text)}"
        return
    yield f"  {fact.item.number}  [{_marks(fact.item)}] {one_line(fact.item.text)}"
    if fact.standing is Standing.CHANGED:
        yield from (f"       was {old.number}: {one_line(old.text)}" for old in fact.before)
        yield from (f"       {aspect}" for aspect in fact.aspects)


def _marks(item: SnapshotItem) -> str:
    marks = [RISK_WORDS[tag] for tag in item.risk_tags]
    marks += ["conflict"] * item.conflict + ["uncertain"] * item.uncertain
    if item.carried:
        raised = count(item.age_days, "day")
        marks.append(f"{item.count} handovers, first raised {raised} ago")
    return ", ".join(marks) or "no risk"


def _evidence(sources: Sources) -> Iterator[str]:
    for entry in sources.entries:
        who = f"{entry.author}, {role_words(entry.role)}, {both_times(entry.at)}"
        yield f"       entry by {who}: {one_line(entry.narrative)}"
    for event in sources.events:
        what = f"{event.type.replace('_', ' ')}, {event.asset}, {both_times(event.at)}"
        yield f"       event {what}: {one_line(event.text)}"
    for document in sources.documents:
        yield f"       document {document.name}, SHA-256 {document.sha256}"
