"""A signed handover in facts to read: every word of the snapshot, nothing left out (pure)."""

from collections.abc import Callable, Iterator
from datetime import datetime

from textual.content import Content

from console.widgets.facts import Fact
from console.widgets.handover.marks import (
    CONFIDENCES,
    DIM,
    GOOD,
    NUMBER,
    SLOTS,
    STATES,
    TITLE,
    WARN,
    flag_marks,
    plural,
    risk_marks,
)
from storage.drafts.states import Answer
from storage.handovers.snapshot import Snapshot, SnapshotItem, SnapshotSection, Sources
from storage.taxonomy.roles import role_words
from storage.text import visible

Time = Callable[[datetime], Content]

GAP: Fact = ("", Content(""))
ANSWERS = {
    Answer.MERGE: "merged",
    Answer.KEEP_BOTH: "both kept",
    Answer.PROGRESS: "it is progress, both kept",
}


def cover(signed: Snapshot, time: Time) -> Iterator[Fact]:
    """Who signed what when, what it corrects, what people answered on the way, what is covered."""
    kind = signed.handover_type.replace("_", " ")
    yield "vessel", Content(visible(f"{signed.vessel.name}, IMO {signed.vessel.imo or '–'}"))
    yield "kind", Content(kind)
    yield "from", time(signed.period_from)
    yield "to", time(signed.period_to)
    if signed.supersedes:
        corrected = signed.supersedes
        said = f"{corrected.document_number}: {corrected.reason} ({corrected.by})"
        yield "corrects", Content.styled(visible(said), WARN)
        yield from (("", Content(visible(change))) for change in signed.changes)
    for signature in signed.signatures:
        yield GAP
        who = f"{visible(signature.name)}, {visible(role_words(signature.role))}"
        yield signature.position.value, Content.styled(who, TITLE)
        yield "", time(signature.signed_at)
        yield "", Content(f"“{signature.meaning}”")
        yield "key", Content.styled(signature.public_key, DIM)
    yield GAP
    sections = (f"{s.number} {s.label}: {plural(len(s.items), 'item')}" for s in signed.sections)
    yield "sections", Content("\n".join(sections))
    yield from _answers(signed, time)
    yield from _completeness(signed)
    yield GAP
    yield "content", Content.styled(signed.content_hash, DIM)
    yield "audit log", Content.styled(str(signed.checkpoint), DIM)
    yield "note", Content(signed.note)


def section_facts(section: SnapshotSection, time: Time) -> Iterator[Fact]:
    """Every item of a section with all it rests on."""
    for item in section.items:
        yield from item_facts(item, time)
        yield GAP


def item_facts(item: SnapshotItem, time: Time) -> Iterator[Fact]:
    """One item: its risks, words, marks, read-back, what people changed, and its evidence."""
    yield item.number, headline(item)
    yield "", Content(visible(item.text))
    if marks := flag_marks(item):
        yield "", Content("  ").join(mark.content for mark in marks)
    if item.note:
        yield "note", Content.styled(visible(item.note), WARN)
    if item.read_back:
        said = f"“{visible(item.read_back.text)}” "
        who = f"{visible(item.read_back.by)} · "
        yield "read back", Content.assemble((said, GOOD), (who, DIM), time(item.read_back.at))
    for edit in item.edits:
        why = f", because {visible(edit.reason)}" if edit.reason else ""
        yield "changed", Content.assemble((f"{visible(edit.editor)}{why} · ", DIM), time(edit.at))
        yield "before", Content(visible(edit.original))
    yield from _evidence(item.sources, time)


def headline(item: SnapshotItem) -> Content:
    """`▲ Safety  open · ENG-05 Plumbing & Sanitation · low confidence`."""
    marks = [mark.content for mark in risk_marks(item, at_most=6)]
    state = STATES[item.state]
    if state.word:
        marks.append(Content.styled(state.word, state.style))
    rest = f" · {item.domain} {item.domain_name} · {CONFIDENCES[item.confidence].word}"
    return Content.assemble(Content("  ").join(marks).stylize(NUMBER), (rest, DIM))


def _evidence(sources: Sources, time: Time) -> Iterator[Fact]:
    for entry in sources.entries:
        who = f"{visible(entry.author)}, {visible(role_words(entry.role))} · "
        yield "entry", Content.assemble((who, DIM), time(entry.at))
        yield "", Content(visible(entry.narrative))
    for event in sources.events:
        what = f"{visible(event.type.replace('_', ' '))}, {visible(event.asset)} · "
        yield "event", Content.assemble((what, DIM), time(event.at))
        yield "", Content(visible(event.text or "no words"))
    for document in sources.documents:
        yield "document", Content(f"{visible(document.name)}  SHA-256 {document.sha256}")


def _answers(signed: Snapshot, time: Time) -> Iterator[Fact]:
    """Merges, concerns and what was sent back: each with who and when."""
    for told in signed.merge_answers:
        where = f"{', '.join(told.items) or 'items left out'}: {ANSWERS[Answer(told.answer)]}"
        yield "merge", Content.assemble(f"{where} · {visible(told.by)} · ", time(told.at))
    for concern in signed.conflicts:
        yield "concern", Content(f"{', '.join(concern.items)}: {visible(concern.reason)}")
        yield (
            "",
            Content.assemble(
                f"“{visible(concern.note)}” {visible(concern.by)} · ", time(concern.at)
            ),
        )
    for sent in signed.declines:
        said = f"{visible(sent.by)}, {visible(role_words(sent.role))}: {visible(sent.reason)} · "
        yield "sent back", Content.assemble(said, time(sent.at))


def _completeness(signed: Snapshot) -> Iterator[Fact]:
    for number, slot in enumerate(signed.completeness):
        mark = SLOTS[slot.state].content
        where = f"  {', '.join(slot.items)}" if slot.items else ""
        yield "" if number else "covered", Content.assemble(f"{slot.label}  ", mark, (where, DIM))
