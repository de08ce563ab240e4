"""A draft as CLI.md promises it, and as a person reads it."""

from collections.abc import Iterator, Sequence
from typing import Any

from console.cli.words import both_times, count, listed, one_line
from storage.drafts.states import STATE_WORDS, ConcernKind
from storage.drafts.views import ConcernView, DraftView, ItemView, ProposalView, SectionView
from storage.handovers.snapshot import DeclineRecord, Superseded
from storage.taxonomy.risks import Confidence

_ITEM = (
    "id", "domain", "text", "risk_tags", "confidence", "conflict", "uncertain", "summarised",
    "sources", "carried", "age_days", "count",
)  # fmt: skip
_PROPOSAL = ("id", "kind", "entries", "items", "score", "answer")
_CONCERN = ("id", "kind", "entries", "items", "reason", "acknowledged")
_SLOT = ("slot", "state", "items")


def concise(draft: DraftView) -> dict[str, Any]:
    """The fields of CLI.md. `conflicts` holds uncertainties and planning language too, by kind."""
    return {
        "id": draft.id,
        "state": draft.state,
        "sections": [
            {"bucket": section.bucket, "items": [_picked(item, _ITEM) for item in section.items]}
            for section in draft.sections
        ],
        "merge_proposals": [_picked(p, _PROPOSAL) for p in draft.merge_proposals],
        "conflicts": [_picked(c, _CONCERN) for c in draft.conflicts],
        "completeness": [_picked(slot, _SLOT) for slot in draft.completeness],
        "command_stale": draft.command_stale,
    }


def draft_lines(
    draft: DraftView,
    declined: DeclineRecord | None,
    corrected: Superseded | None,
    untold: Sequence[str],
) -> Iterator[str]:
    """A draft whole, in the order it is printed; `untold` have not seen that it was sent back."""
    kind = draft.handover_type.replace("_", " ")
    yield f"draft {draft.id}  {STATE_WORDS[draft.state]}  {kind}"
    if corrected:
        yield f"corrects {corrected.document_number}: {one_line(corrected.reason)}"
    yield f"period {both_times(draft.period_from)} to {both_times(draft.period_to)}"
    if declined:
        yield f"sent back by {declined.by}, {both_times(declined.at)}: {one_line(declined.reason)}"
    if untold:
        yield f"not seen yet by {listed(untold)}"
    if draft.command_stale:
        yield "Command is older than the changes people made; `draft refresh-command` renews it"
    for section in draft.sections:
        yield from section_lines(section)
    numbers = {item.id: item.number for item in draft.items().values()}
    yield from _proposals(draft.merge_proposals, numbers)
    yield from _concerns(draft.conflicts, numbers)
    yield ""
    yield "completeness"
    for slot in draft.completeness:
        where = listed(numbers[item] for item in slot.items if item in numbers)
        yield f"  {slot.label}: {slot.state.value.replace('_', ' ')} ({where})"


def section_lines(section: SectionView) -> Iterator[str]:
    """One section to its end."""
    yield ""
    yield f"{section.number} {section.label}  ({count(len(section.items), 'item')})"
    for item in section.items:
        yield from _item(item)


def _item(item: ItemView) -> Iterator[str]:
    yield f"  {item.number}  {item.domain} {item.domain_name}  [{_marks(item)}]"
    for line in item.text.splitlines():
        yield f"       {line}"
    if item.note:
        yield f"       note: {one_line(item.note)}"
    for edit in item.edits:
        yield f"       {edit.kind} by {edit.editor}, was: {one_line(edit.original)}"
    sources = (*item.sources.entries, *item.sources.events, *item.sources.documents)
    yield f"       id {item.id}, from {count(len(sources), 'source')}"


def _marks(item: ItemView) -> str:
    marks = [tag.value.replace("_", " ") for tag in item.risk_tags]
    marks += ["CONFLICT"] * item.conflict + ["uncertain"] * item.uncertain
    marks += ["summarised"] * item.summarised
    marks += ["low confidence"] * (item.confidence is Confidence.LOW)
    if item.carried:
        marks.append(f"{item.count} handovers, first raised {count(item.age_days, 'day')} ago")
    return ", ".join(marks) or "no risk"


def _proposals(proposals: tuple[ProposalView, ...], numbers: dict[str, str]) -> Iterator[str]:
    if proposals:
        yield ""
        yield "merge proposals"
    for proposal in proposals:
        where = listed(numbers[item] for item in proposal.items)
        answer = f"{proposal.answer} by {proposal.answered_by}" if proposal.answer else "open"
        yield f"  {proposal.kind}, score {proposal.score}, items {where}: {answer}"
        yield f"       {one_line(proposal.reason)}"
        yield f"       together: {one_line(proposal.merged_text)}"
        yield f"       id {proposal.id}"


def _concerns(concerns: tuple[ConcernView, ...], numbers: dict[str, str]) -> Iterator[str]:
    for kind, title in (
        (ConcernKind.CONFLICT, "conflicts"),
        (ConcernKind.UNCERTAINTY, "uncertainties"),
        (ConcernKind.PLANNING, "planning language"),
    ):
        of_kind = [concern for concern in concerns if concern.kind is kind]
        if of_kind:
            yield ""
            yield title
        for concern in of_kind:
            where = listed(numbers[item] for item in concern.items)
            said = f"acknowledged by {concern.acknowledged_by}: {one_line(concern.note or '')}"
            yield f"  items {where}: {one_line(concern.reason)}"
            yield f"       {said if concern.acknowledged else 'open'}"
            yield f"       id {concern.id}"


def _picked(view: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(view, name) for name in names}
