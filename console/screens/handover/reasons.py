"""Why a command cannot be done now, asked of the same rules that would refuse it (pure).

CONSOLE rule 5: an action that is not legal now is shown, with its reason.
"""

from collections.abc import Callable
from dataclasses import dataclass

from console.keys_aboard import fixed, key
from console.screens.handover.reading import HandoverPicture
from console.screens.handover.steps import open_merges
from storage.drafts.rules import (
    check_changeable,
    check_generable,
    check_regenerable,
    check_reviewable,
    missing_sections,
)
from storage.drafts.states import DraftState, ItemStatus, Move, after
from storage.drafts.views import DraftView, ItemView
from storage.errors import NotReady, Refused, WrongState
from storage.handovers.rules import (
    check_accepting,
    check_countersigning,
    check_declining,
    check_reopening,
)
from storage.handovers.views import missing_in
from storage.people.views import CrewMember

NOT_READ_YET = "One moment: the handover is being read."


@dataclass(frozen=True)
class Situation:
    """What the answer depends on."""

    picture: HandoverPicture | None
    person: CrewMember | None
    item: ItemView | None
    marked: int

    @property
    def draft(self) -> DraftView:
        """The open draft.

        Raises:
            WrongState: there is none.
        """
        if self.picture is None or self.picture.draft is None:
            raise WrongState(
                why=f"There is no open handover; {key('generate')} drafts one from the entries."
            )
        return self.picture.draft


def why_not(command_id: str, now: Situation) -> str | None:
    """The sentence that refuses a command; None when it may be tried."""
    check = CHECKS.get(command_id)
    if check is None:
        return None
    if now.picture is None:
        return NOT_READ_YET
    try:
        check(now)
    except Refused as refusal:
        return str(refusal)
    return None


def _draft(now: Situation) -> None:
    assert now.draft


def _item(now: Situation) -> ItemView:
    assert now.draft
    if now.item is None:
        raise WrongState(why="The cursor is on no item.")
    return now.item


def _change(now: Situation) -> None:
    check_reviewable(now.draft.state)
    item = _item(now)
    check_changeable(item.bucket, ItemStatus.SHOWN, item.text)


def _generate(now: Situation) -> None:
    if now.picture and now.picture.draft:
        check_generable(now.picture.draft.state)


def _begin(now: Situation) -> None:
    if now.draft.state is DraftState.IN_REVIEW:
        raise WrongState(why="It is in review already.")
    after(now.draft.state, Move.REVIEW)


def _merge(now: Situation) -> None:
    check_reviewable(now.draft.state)
    if now.marked == 1:
        raise WrongState(why=f"Mark one more item with {fixed('space')}; merging needs two.")
    if not now.marked and not open_merges(now.draft):
        space = fixed("space")
        raise WrongState(why=f"No merge proposal is open; mark items with {space} to merge them.")


def _concerns(now: Situation) -> None:
    if not now.draft.conflicts:
        raise WrongState(why="Nothing in this handover is in conflict, uncertain or assigned.")


def _regenerate(now: Situation) -> None:
    check_regenerable(now.draft.state)


def _accept(now: Situation) -> None:
    if now.person is None:
        after(now.draft.state, Move.ACCEPT)
        return
    check_accepting(now.person.actor, now.draft.state)
    if missing := missing_in(now.draft):
        raise NotReady(missing)


def _sign(now: Situation) -> None:
    if now.person is None:
        after(now.draft.state, Move.COUNTERSIGN)
        return
    check_countersigning(now.person.actor, now.draft.state, _accepted_by(now))
    sections = [section.bucket for section in now.draft.sections]
    seen = [section.bucket for section in now.draft.sections if section.seen]
    if missing := missing_sections(sections, seen):
        raise NotReady(missing)


def _decline(now: Situation) -> None:
    if now.person is None:
        after(now.draft.state, Move.DECLINE)
    else:
        check_declining(now.person.actor, now.draft.state, _accepted_by(now))


def _reopen(now: Situation) -> None:
    if now.person is None:
        after(now.draft.state, Move.REOPEN)
    else:
        check_reopening(now.person.actor, now.draft.state, _accepted_by(now))


def _accepted_by(now: Situation) -> str | None:
    signed = now.picture.acceptance if now.picture else None
    return signed.person_id if signed else None


CHECKS: dict[str, Callable[[Situation], object]] = {
    "generate": _generate,
    "begin_review": _begin,
    "next_section": _draft,
    "previous_section": _draft,
    "evidence": _item,
    "history": _item,
    "completeness": _draft,
    "print_draft": _draft,
    "edit_item": _change,
    "split": _change,
    "leave_out": _change,
    "move_up": _change,
    "move_down": _change,
    "merge": _merge,
    "concerns": _concerns,
    "accept": _accept,
    "sign": _sign,
    "decline": _decline,
    "reopen": _reopen,
    "regenerate": _regenerate,
    "refresh_command": _regenerate,
}
