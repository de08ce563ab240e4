"""Which step comes next for the person at the keyboard, and which key does it (pure)."""

from collections import Counter
from typing import NamedTuple

from console.keys_aboard import fixed
from console.screens.handover.reading import HandoverPicture
from console.widgets.handover.marks import plural
from storage.drafts.states import ConcernKind, DraftState
from storage.drafts.views import DraftView, SectionView
from storage.handovers.composing import critical_items
from storage.people.views import CrewMember
from storage.taxonomy.domains import Bucket

NEXT_UNSEEN = "next_unseen"
"""The step that needs no command of its own: `.` reads on."""

NOUNS = {
    ConcernKind.CONFLICT: "conflict",
    ConcernKind.UNCERTAINTY: "uncertainty",
    ConcernKind.PLANNING: "planning line",
}


class Step(NamedTuple):
    """`facts` say where the handover stands (`short` where there is little room), `words` what to
    do now, by which command."""

    facts: str
    short: str
    words: str
    command: str | None


def next_step(
    picture: HandoverPicture,
    person: CrewMember | None,
    marked: int = 0,
    here: Bucket | None = None,
) -> Step:
    """The one thing to do now; `marked` items wait to be merged before anything else, and the
    section `here` on screen is read before the others."""
    draft = picture.draft
    if marked:
        facts = f"{plural(marked, 'item')} marked"
        space, away = fixed("space"), fixed("escape")
        words = f"merge them, {away} unmarks" if marked > 1 else f"merge: {space} marks one more"
        return Step(facts, facts, words, "merge")
    if draft is None:
        words, command = _without_draft(picture)
        facts = f"{plural(picture.entries, 'entry')} captured"
        if picture.last:
            facts = f"{picture.last.document_number} is signed"
        return Step(facts, facts, words, command)
    words, command = _with_draft(picture, draft, person, here)
    if draft.state is DraftState.DRAFT:
        items = sum(len(section.items) for section in draft.sections)
        facts = f"{plural(items, 'item')} in {plural(len(draft.sections), 'section')}"
        return Step(facts, facts, words, command)
    return Step(progress_words(draft), short_words(draft), words, command)


def progress_words(draft: DraftView) -> str:
    """`4/6 sections seen · 2 merges · 1 conflict open`."""
    waiting = Counter(c.kind for c in draft.conflicts if not c.acknowledged)
    merges = open_merges(draft)
    questions = [plural(merges, "merge")] if merges else []
    questions += [plural(waiting[kind], noun) for kind, noun in NOUNS.items() if waiting[kind]]
    return _sentence(f"{_seen(draft)} sections seen", questions)


def short_words(draft: DraftView) -> str:
    """`4/6 seen · 2 merges · 1 concern open`."""
    questions = ((open_merges(draft), "merge"), (open_concerns(draft), "concern"))
    return _sentence(f"{_seen(draft)} seen", [plural(n, noun) for n, noun in questions if n])


def unseen_sections(draft: DraftView) -> list[SectionView]:
    """The sections this person has still to read to their end, in the order on screen."""
    return [section for section in draft.sections if not section.seen]


def open_merges(draft: DraftView) -> int:
    """How many merge proposals nobody has answered."""
    return sum(proposal.answer is None for proposal in draft.merge_proposals)


def open_concerns(draft: DraftView) -> int:
    """How many conflicts, uncertainties and planning lines nobody has acknowledged."""
    return sum(not concern.acknowledged for concern in draft.conflicts)


def _seen(draft: DraftView) -> str:
    return f"{sum(section.seen for section in draft.sections)}/{len(draft.sections)}"


def _sentence(seen: str, questions: list[str]) -> str:
    return " · ".join([seen, *questions]) + (" open" if questions else "")


Todo = tuple[str, str]
"""What to do, and the command that does it."""


def _without_draft(picture: HandoverPicture) -> Todo:
    if not picture.entries:
        return "write down what matters", "new_entry"
    return "draft the next handover" if picture.last else "draft the handover", "generate"


def _with_draft(
    picture: HandoverPicture, draft: DraftView, person: CrewMember | None, here: Bucket | None
) -> Todo:
    if draft.state is DraftState.DRAFT:
        return "begin the review", "begin_review"
    if person is None:
        return "sign in to go on", "sign_in_as"
    if draft.state is DraftState.IN_REVIEW:
        return _in_review(draft, person, here)
    return _accepted(picture, draft, person, here)


def _in_review(draft: DraftView, person: CrewMember, here: Bucket | None) -> Todo:
    unseen = unseen_sections(draft)
    if unseen:
        return _read(unseen, here)
    if open_merges(draft):
        return "answer the merge proposals", "merge"
    if open_concerns(draft):
        return "acknowledge the concerns", "concerns"
    if draft.command_stale:
        return "refresh Command, it is older than your changes", "refresh_command"
    if not person.is_officer:
        return "an officer signs in and accepts", "sign_in_as"
    return "accept and sign", "accept"


def _accepted(
    picture: HandoverPicture, draft: DraftView, person: CrewMember, here: Bucket | None
) -> Todo:
    signed = picture.acceptance
    if signed and signed.person_id == person.id:
        return "your relief signs in, reads and countersigns", "sign_in_as"
    unseen = unseen_sections(draft)
    if unseen:
        return _read(unseen, here)
    critical = plural(len(critical_items(draft)), "item")
    return f"read back {critical} and countersign", "sign"


def _read(unseen: list[SectionView], here: Bucket | None) -> Todo:
    section = next((section for section in unseen if section.bucket is here), unseen[0])
    return f"read {section.label} to its end", NEXT_UNSEEN
