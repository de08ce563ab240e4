"""The draft, read aloud: its sections item by item, its concerns, what is next (pure)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from console.commands.table import COMMANDS
from console.screens.handover.reading import HandoverPicture
from console.screens.handover.steps import NEXT_UNSEEN, next_step
from console.widgets.handover.card import signed_lines
from console.widgets.handover.marks import CONCERNS, CONFIDENCES, flag_marks, plural, risk_marks
from console.widgets.handover.sections import state_words
from storage.drafts.content import SlotState
from storage.drafts.views import ConcernView, DraftView, ItemView, ProposalView, SectionView
from storage.people.views import CrewMember
from storage.taxonomy.risks import Confidence

Lines = Iterator[str]
NAMES = {command.id(): command.name for command in COMMANDS} | {NEXT_UNSEEN: "read"}
"""What to say for a command."""


def handover_lines(
    picture: HandoverPicture,
    person: CrewMember | None,
    times: Callable[[datetime], str],
    home: Path,
) -> Lines:
    """All of it; without an open draft, what was signed last, its exports below `home`."""
    draft = picture.draft
    if draft is None:
        yield "No handover is open."
        signed = signed_lines(picture.last, times, home) if picture.last else []
        yield from (line.plain for line in signed)
    else:
        kind = draft.handover_type.replace("_", " ")
        yield f"Handover, {state_words(draft)}, {kind}, up to {times(draft.period_to)}."
        for section in draft.sections:
            yield from section_lines(section)
        yield from question_lines(draft)
    yield from next_lines(picture, person)


def next_lines(picture: HandoverPicture, person: CrewMember | None) -> Lines:
    """Where it stands, the next step, and the word for it."""
    step = next_step(picture, person)
    yield f"{step.facts}."
    word = NAMES.get(step.command or NEXT_UNSEEN, "read")
    yield f"Next: {step.words}. Say: {word}."


def section_lines(section: SectionView) -> Lines:
    """One section to its end."""
    seen = "read" if section.seen else "not read yet"
    count = plural(len(section.items), "item")
    yield f"Section {section.number}, {section.label}, {count}, {seen}."
    for item in section.items:
        yield from item_lines(item)


def item_lines(item: ItemView) -> Lines:
    """An item: number, what a reader must know of it, its words, and its note."""
    marks = [mark.word for mark in (*risk_marks(item, at_most=9), *flag_marks(item))]
    if item.confidence is Confidence.LOW:
        marks.append(CONFIDENCES[Confidence.LOW].word)
    yield f"Item {item.number}. {item.domain_name}. {', '.join(marks)}."
    yield from item.text.splitlines()
    if item.note:
        yield f"Note: {item.note}"


def question_lines(draft: DraftView) -> Lines:
    """Merges and concerns that are open, and what is not covered."""
    numbers = {item.id: item.number for item in draft.items().values()}
    for proposal in open_merges(draft):
        yield from merge_lines(proposal, numbers)
    for concern in open_concerns(draft):
        yield from concern_lines(concern, numbers)
    missing = [slot.label for slot in draft.completeness if slot.state is SlotState.NOT_COVERED]
    if missing:
        yield f"Not covered: {', '.join(missing)}."


def merge_lines(proposal: ProposalView, numbers: dict[str, str]) -> Lines:
    """A merge that waits for an answer."""
    where = " and ".join(numbers[item] for item in proposal.items)
    yield f"Open merge, items {where}: {proposal.reason}"
    yield f"Together they would say: {proposal.merged_text}"


def concern_lines(concern: ConcernView, numbers: dict[str, str]) -> Lines:
    """A concern that waits for a note."""
    where = " and ".join(numbers[item] for item in concern.items if item in numbers)
    yield f"Concern, {CONCERNS[concern.kind].word}, item {where}: {concern.reason}"


def open_merges(draft: DraftView) -> list[ProposalView]:
    """Those nobody has answered."""
    return [proposal for proposal in draft.merge_proposals if proposal.answer is None]


def open_concerns(draft: DraftView) -> list[ConcernView]:
    """Those nobody has acknowledged."""
    return [concern for concern in draft.conflicts if not concern.acknowledged]
