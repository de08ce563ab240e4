"""The crew: who is aboard, what they may do, and how it stands with their PINs and keys."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.keys_aboard import key
from console.screens.live import LiveScreen
from console.screens.side_lists import SideList
from console.screens.system.crew_acts import CrewActs
from console.screens.system.crew_member import MemberScreen, coloured, key_age
from console.screens.system.lists import SystemLists
from console.snapshots.engine import with_words
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.rows import Column
from console.words.crew import may, pin_words, standing
from storage.clock import age_words
from storage.database import now
from storage.people.aboard import CrewRecord, crew_records
from storage.taxonomy.roles import ROLE_LABELS
from storage.text import visible


class CrewPlace(CrewActs, SystemLists, SideList[CrewRecord]):
    """Everyone who ever served, in the order they joined, which is the time in the first column."""

    ID = "crew"
    TAB = "system"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("name"),
        Column("role", 20, needs=60),
        Column("standing", 24),
        Column("last seen", 12, needs=110),
        Column("key age", 10, needs=110),
    )
    NOUN = ("person", "people")

    def take(self, text: str, start: object, size: int) -> Page[CrewRecord]:
        """All of them."""
        return with_words(text, crew_records(), _searched)

    def id_of(self, item: CrewRecord) -> str:
        """Their id."""
        return item.member.id

    def cells(self, item: CrewRecord) -> tuple[Content, ...]:
        """One line."""
        member = item.member
        return (
            self.short_time(member.created_at),
            Content(visible(member.name)),
            Content(ROLE_LABELS[member.role]),
            coloured(item, standing(member)),
            Content(_age(item)),
            Content(key_age(item)),
        )

    def facts(self, item: CrewRecord) -> Sequence[Fact]:
        """What they may do comes last: it is long."""
        seen = self.full_time(item.last_seen_at) if item.last_seen_at else Content("never yet")
        return [
            ("standing", coloured(item, standing(item.member))),
            ("PIN", Content(pin_words(item))),
            ("last seen", seen),
            ("key", Content(key_age(item))),
            ("may", Content(may(item.member))),
        ]

    def detail(self, item: CrewRecord) -> LiveScreen:
        """One person, whole."""
        return MemberScreen(item.member.id)

    def empty(self) -> str:
        """A store nobody has begun to use."""
        return (
            f"Nobody is aboard yet: {key('add_crew')} adds the first, an officer who administers "
            "the store."
        )

    def record_in_hand(self) -> CrewRecord | None:
        """Whoever is under the cursor."""
        return self.current


def _searched(record: CrewRecord) -> str:
    member = record.member
    return f"{member.name} {ROLE_LABELS[member.role]} {standing(member)}"


def _age(record: CrewRecord) -> str:
    if record.last_seen_at is None:
        return "never yet"
    return age_words((now() - record.last_seen_at).total_seconds())
