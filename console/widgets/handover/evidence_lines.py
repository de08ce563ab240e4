"""The evidence behind an item as lines to read: verbatim words, never markup (pure; I17)."""

from collections.abc import Callable, Iterator
from datetime import datetime

from textual.content import Content

from console.widgets.handover.marks import (
    CONFIDENCES,
    DIM,
    NUMBER,
    TITLE,
    WARN,
    Mark,
    flag_marks,
    plural,
    risk_marks,
)
from storage.drafts.states import EditKind
from storage.drafts.views import EditView, ItemView
from storage.entries.states import EntryStatus
from storage.entries.views import EntryView
from storage.evidence.views import DocumentView, EventView
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS
from storage.taxonomy.roles import ROLE_LABELS, Role
from storage.text import visible

Times = Callable[[datetime], str]
"""Prints a moment in ship's time and UTC (CONSOLE rule 10)."""

EDIT_WORDS = {
    EditKind.EDIT: "reworded",
    EditKind.MOVE: "moved",
    EditKind.MERGE: "merged",
    EditKind.SPLIT: "split",
    EditKind.SUPPRESS: "left out",
}


def item_block(item: ItemView) -> Content:
    """The item itself, whole."""
    domain = f"{item.domain} {item.domain_name} · {BUCKET_LABELS[item.bucket]}"
    sure = CONFIDENCES[item.confidence]
    lines = [
        Content.assemble((f"{item.number}  ", NUMBER), _row(risk_marks(item, at_most=6))),
        Content(visible(item.text)),
        Content.assemble((f"{domain} · ", DIM), (sure.word, sure.style)),
    ]
    flags = flag_marks(item, plans=bool(item.planning))
    if flags:
        lines.append(_row(flags))
    if item.note:
        lines.append(Content.styled(visible(item.note), WARN))
    lines += [Content.styled(f"Assigns work: {visible(words)}", WARN) for words in item.planning]
    return Content("\n").join(lines)


def entry_block(entry: EntryView, times: Times) -> Content:
    """One entry verbatim: who, when, the words, and how they were read."""
    who = f"{visible(entry.author)}, {_role(entry.role)}"
    status = "" if entry.status is EntryStatus.CANDIDATE else f" · {entry.status}"
    flagged = " · classification questioned" if entry.classification_flagged else ""
    lines = [
        Content.assemble((who, TITLE), (f"{status}{flagged}", WARN)),
        Content.styled(times(entry.created_at), DIM),
        Content(visible(entry.narrative)),
    ]
    return Content("\n").join([*lines, *_reading(entry)])


def event_block(event: EventView, times: Times) -> Content:
    """One ledger event of another system."""
    head = f"{visible(event.type)} · {visible(event.asset or event.source)}"
    return Content.assemble(
        (head, TITLE), "\n", (times(event.at), DIM), "\n", visible(event.text or "no words")
    )


def document_block(document: DocumentView) -> Content:
    """One source document: its name, its fingerprint, where the original lies."""
    return Content.assemble(
        (visible(document.name), TITLE),
        (f"  {document.size:,} bytes, by {visible(document.uploaded_by)}", DIM),
        (f"\n{visible(document.path)}\nSHA-256 {document.sha256}", DIM),
    )


def edit_block(edit: EditView, times: Times) -> Content:
    """One change: who, when, why, the words before and after."""
    head = f"{EDIT_WORDS[edit.kind]} by {visible(edit.editor)}"
    why = f"\nbecause: {visible(edit.reason)}" if edit.reason else ""
    was, now = _before_and_after(edit)
    return Content.assemble(
        (head, TITLE), "\n", (times(edit.at), DIM), why, ("\nbefore  ", DIM), was,
        ("\nafter   ", DIM), now,
    )  # fmt: skip


def headed(title: str, blocks: list[Content]) -> Iterator[Content]:
    """A heading with its count, then the blocks; nothing when there are none."""
    if blocks:
        yield Content.styled(f"── {plural(len(blocks), title)} ", DIM)
        yield from blocks


def _reading(entry: EntryView) -> Iterator[Content]:
    domains = ", ".join([entry.primary_domain, *entry.secondary_domains])
    owners = ", ".join(map(_role, entry.owner_roles))
    yield Content.styled(f"read as {domains} for {owners}" if owners else f"read as {domains}", DIM)
    if entry.reasons:
        yield Content.styled("because " + visible("; ".join(entry.reasons)), DIM)
    if entry.corrected:
        first = entry.corrected.original
        because = f" because {visible('; '.join(first.reasons))}" if first.reasons else ""
        yield Content.styled(f"first read as {first.primary_domain}{because}", DIM)
    second = (entry.runner_up or {}).get("domain")
    if second in DOMAINS:
        yield Content.styled(f"runner-up {second} {DOMAINS[second].name}", DIM)


def _before_and_after(edit: EditView) -> tuple[str, str]:
    if edit.kind is EditKind.MOVE:
        return f"place {edit.original}", f"place {edit.new}"
    return visible(edit.original), visible(edit.new) or "left out of this handover"


def _role(role: str) -> str:
    return ROLE_LABELS[Role(role)] if role in set(Role) else visible(role)


def _row(marks: list[Mark]) -> Content:
    return Content("  ").join(mark.content for mark in marks)
