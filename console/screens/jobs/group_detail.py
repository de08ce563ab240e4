"""One group: how its jobs stand, how far they are together, and what follows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.related import Relation, relations_of_group
from console.screens.detail import DetailScreen
from console.screens.jobs.group_acts import GroupActs
from console.screens.related_things import RelatedThings
from console.snapshots.engine import take_group
from console.widgets.facts import Fact
from console.words.groups import follow_up_words, state_words
from storage.jobs.together import GroupRecord
from storage.text import visible


class GroupScreen(GroupActs, RelatedThings, DetailScreen):
    """A group, whole; Enter leads to its jobs."""

    ID = "group"
    BINDINGS = keys_of(ID)

    def __init__(self, group_id: str) -> None:
        super().__init__()
        self._group_id = group_id
        self._group: GroupRecord | None = None

    def question(self) -> Callable[[], GroupRecord]:
        """The group at this moment."""
        return partial(take_group, self._group_id)

    def show(self, answer: GroupRecord) -> None:
        """Draw it."""
        self._group = answer
        super().show(answer)

    def group_in_hand(self) -> GroupRecord | None:
        """This one."""
        return self._group

    def related(self) -> Sequence[Relation]:
        """Its jobs, what follows, what made it."""
        return relations_of_group(self._group) if self._group else ()

    def title_of(self, answer: GroupRecord) -> str:
        """Its name."""
        return f"Group · {answer.label}"

    def facts(self, answer: GroupRecord) -> Sequence[Fact]:
        """All of it."""
        state = Content.assemble(glyphs.group_state(answer), "  ", glyphs.bar(answer.percent))
        return [
            ("state", state),
            ("jobs", glyphs.group_children(answer)),
            *group_facts(answer, self.full_time),
            ("trace", Content(answer.trace_id)),
        ]


def group_facts(group: GroupRecord, time: Callable[[datetime], Content]) -> list[Fact]:
    """What a group is and what it came to."""
    by = Content.assemble(f"by {visible(group.opened_by_name)} · ", time(group.opened_at))
    facts = [("means", Content(state_words(group))), ("then", Content(follow_up_words(group)))]
    facts.append(("asked", by))
    if group.cancel_requested_at:
        facts.append(("cancel", Content.assemble("asked for · ", time(group.cancel_requested_at))))
    if group.closed_at:
        facts.append(("closed", time(group.closed_at)))
    return [*facts, ("id", Content(group.group_id))]
