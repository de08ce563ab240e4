"""Groups: jobs asked for together, how far they are, and what follows."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.jobs.group_acts import GroupActs
from console.screens.jobs.group_detail import GroupScreen, group_facts
from console.screens.jobs.lists import ShortList
from console.screens.live import LiveScreen
from console.snapshots.engine import take_groups
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.rows import Column
from storage.jobs.together import GroupRecord


class GroupsPlace(GroupActs, ShortList[GroupRecord]):
    """The newest groups; the pane shows how the jobs of one stand."""

    ID = "groups"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("group"),
        Column("state", 14),
        Column("progress", 19, needs=60),
        Column("jobs", 5),
        Column("failed", 7),
        Column("asked by", 20, needs=110),
    )
    NOUN = ("group", "groups")

    def take(self, text: str, start: object, size: int) -> Page[GroupRecord]:
        """The newest."""
        return take_groups(text)

    def id_of(self, item: GroupRecord) -> str:
        """Its id."""
        return item.group_id

    def cells(self, item: GroupRecord) -> tuple[Content, ...]:
        """One line."""
        return (
            self.short_time(item.opened_at),
            glyphs.one_line(item.label),
            glyphs.group_state(item),
            glyphs.bar(item.percent),
            Content(f"{item.total:>4}"),
            _failed(item.failed),
            glyphs.one_line(item.opened_by_name),
        )

    def facts(self, item: GroupRecord) -> Sequence[Fact]:
        """How its jobs stand comes first."""
        return [("jobs", glyphs.group_children(item)), *group_facts(item, self.full_time)]

    def detail(self, item: GroupRecord) -> LiveScreen:
        """The group with what follows it."""
        return GroupScreen(item.group_id)

    def empty(self) -> str:
        """No groups at all."""
        return (
            "Nothing was asked for together yet: `eightbells job submit KIND --count N` makes a "
            f"group. {key('back')} goes back to the jobs."
        )

    def group_in_hand(self) -> GroupRecord | None:
        """The group under the cursor."""
        return self.current


def _failed(count: int) -> Content:
    return Content.assemble((f"✗ {count}", "$failed")) if count else Content("")
