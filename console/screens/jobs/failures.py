"""Failures by their likeness: how often, since when, and who answers for them (CONSOLE rule 12)."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.jobs.failure_acts import FailureActs
from console.screens.jobs.failure_detail import FailureScreen, failure_facts
from console.screens.jobs.lists import ShortList
from console.screens.live import LiveScreen
from console.snapshots.engine import take_failures
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.rows import Column
from storage.jobs.kinds import KINDS
from storage.jobs.together import FailureRecord


class FailuresPlace(FailureActs, ShortList[FailureRecord]):
    """Failures that are alike in kind and error, the last to happen first."""

    ID = "failures"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("last", 13),
        Column("job", 24, needs=90),
        Column("times", 5),
        Column("answered by", 14),
        Column("error"),
    )
    TIME = "last LT"
    NOUN = ("sort of failure", "sorts of failure")

    def take(self, text: str, start: object, size: int) -> Page[FailureRecord]:
        """The last to happen."""
        return take_failures(text)

    def id_of(self, item: FailureRecord) -> str:
        """Its id."""
        return item.failure_id

    def cells(self, item: FailureRecord) -> tuple[Content, ...]:
        """One line; the time is that of the last one."""
        spec = KINDS[item.kind]
        return (
            self.short_time(item.last_at),
            Content(f"{spec.glyph} {spec.label}"),
            Content(f"{item.count:>5}"),
            _answer(item),
            glyphs.one_line(item.last_message),
        )

    def facts(self, item: FailureRecord) -> Sequence[Fact]:
        """The last message, verbatim, and who answers."""
        return failure_facts(item, self.full_time)

    def detail(self, item: FailureRecord) -> LiveScreen:
        """The failure, whole."""
        return FailureScreen(item.failure_id)

    def empty(self) -> str:
        """Nothing has failed."""
        return f"No job has failed. {key('back')} goes back to the jobs."

    def failure_in_hand(self) -> FailureRecord | None:
        """The failure under the cursor."""
        return self.current


def _answer(failure: FailureRecord) -> Content:
    """`! 3 new`, until somebody answers; then who."""
    if failure.unanswered:
        return Content.assemble((f"! {failure.unanswered} new", "$say-warning"))
    assert failure.acknowledged is not None
    return Content.assemble(("✓ ", "$done"), glyphs.one_line(failure.acknowledged.owner))
