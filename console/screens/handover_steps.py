"""Which step comes next for the person at the keyboard, and which key does it (pure)."""

from collections import Counter
from typing import NamedTuple

from console.screens.handover_reading import HandoverPicture
from console.widgets.handover_marks import plural
from storage.drafts.states import ConcernKind, DraftState
from storage.drafts.views import DraftView, SectionView
from storage.handovers.composing import critical_items
from storage.people.views import CrewMember

CONCERN_NOUNS = {
    ConcernKind.CONFLICT: "conflict",
    ConcernKind.UNCERTAINTY: "uncertainty",
    ConcernKind.PLANNING: "planning line",
}


class Step(NamedTuple):
    """`facts` say where the handover stands, `words` what to do now by which command."""

    facts: str
    words: str
    command: str | None


def next_step(picture: HandoverPicture, person: CrewMember | None) -> Step:
    """The one thing to do now."""
    draft = picture.draft
    if draft is None:
        return _without_draft(picture)
    if draft.state is DraftState.DRAFT:
        return Step(_contents(draft), "begin the review", "begin_review")
    if person is None:
        return Step(progress_words(draft), "sign in to go on", "sign_in_as")
    if draft.state is DraftState.IN_REVIEW:
        return _in_review(draft, person)
    return _accepted(draft, picture, person)


def progress_words(draft: DraftView) -> str:
    """`4/6 sections seen · 2 merges · 1 conflict open`."""
    seen = sum(section.seen for section in draft.sections)
    parts = [f"{seen}/{len(draft.sections)} sections seen"]
    if draft.state is DraftState.IN_REVIEW:
        parts += _open_questions(draft)
    return " · ".join(parts)


def unseen_sections(draft: DraftView) -> list[SectionView]:
    """The sections this person has still to read to their end, in the order on screen."""
    return [section for section in draft.sections if not section.seen]


def open_merges(draft: DraftView) -> int:
    """How many merge proposals nobody has answered."""
    return sum(proposal.answer is None for proposal in draft.merge_proposals)


def open_concerns(draft: DraftView) -> int:
    """How many conflicts, uncertainties and planning lines nobody has acknowledged."""
    return sum(not concern.acknowledged for concern in draft.conflicts)


def _without_draft(picture: HandoverPicture) -> Step:
    if not picture.entries:
        return Step("nothing to hand over yet", "write down what matters", "new_entry")
    return Step(f"{plural(picture.entries, 'open entry')}", "draft the handover", "generate")


def _contents(draft: DraftView) -> str:
    items = sum(len(section.items) for section in draft.sections)
    return " · ".join(
        [plural(items, "item"), plural(len(draft.sections), "section"), *_open_questions(draft)]
    )


def _open_questions(draft: DraftView) -> list[str]:
    waiting = Counter(c.kind for c in draft.conflicts if not c.acknowledged)
    parts = [plural(waiting[kind], noun) for kind, noun in CONCERN_NOUNS.items() if waiting[kind]]
    merges = open_merges(draft)
    parts = ([plural(merges, "merge")] if merges else []) + parts
    return [*parts[:-1], f"{parts[-1]} open"] if parts else []


def _in_review(draft: DraftView, person: CrewMember) -> Step:
    facts, unseen = progress_words(draft), unseen_sections(draft)
    if unseen:
        return Step(facts, f"read {unseen[0].label} to its end", "next_unseen")
    if open_merges(draft):
        return Step(facts, "answer the merge proposals", "merge")
    if open_concerns(draft):
        return Step(facts, "acknowledge what is in doubt", "concerns")
    if not person.is_officer:
        return Step(facts, "an officer accepts it: hand over the keyboard", "sign_in_as")
    return Step(facts, "accept and sign", "accept")


def _accepted(draft: DraftView, picture: HandoverPicture, person: CrewMember) -> Step:
    signed = picture.acceptance
    if signed and signed.person_id == person.id:
        return Step(f"accepted by you, {signed.name}", "let your relief countersign", "sign")
    unseen = unseen_sections(draft)
    if unseen:
        return Step(progress_words(draft), f"read {unseen[0].label} to its end", "next_unseen")
    critical = plural(len(critical_items(draft)), "item")
    return Step(progress_words(draft), f"read back {critical} and countersign", "sign")
