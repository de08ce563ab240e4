"""One of the crew: standing, rights, PIN, every key they have had, and when they were last seen."""

from collections.abc import Callable, Sequence
from functools import partial

from textual.content import Content

from console.commands.table import keys_of
from console.screens.detail import DetailScreen
from console.screens.system.crew_acts import CrewActs
from console.widgets.facts import Fact
from console.words.crew import member_words
from storage.clock import span_words
from storage.database import now
from storage.people.aboard import CrewDetail, CrewRecord, show_member
from storage.text import visible


class MemberScreen(CrewActs, DetailScreen):
    """A person, whole."""

    ID = "member"
    BINDINGS = keys_of(ID)

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self._person_id = person_id
        self._record: CrewRecord | None = None

    def question(self) -> Callable[[], CrewDetail]:
        """The person at this moment."""
        return partial(show_member, self._person_id)

    def show(self, answer: CrewDetail) -> None:
        """Draw them."""
        self._record = answer.record
        super().show(answer)

    def record_in_hand(self) -> CrewRecord | None:
        """This one."""
        return self._record

    def title_of(self, answer: CrewDetail) -> str:
        """Their name."""
        return f"Crew · {answer.record.member.name}"

    def facts(self, answer: CrewDetail) -> Sequence[Fact]:
        """All of it, in the words of `crew show`."""
        said = member_words(answer, lambda at: self.full_time(at).plain)
        return [(name, Content(visible(words))) for name, words in said]


def coloured(record: CrewRecord, words: str) -> Content:
    """Words that stand out where somebody has to do something for this person."""
    member = record.member
    needs = member.is_active and (
        record.wrong_pins or not member.has_key or member.reset_proposed_by
    )
    if not member.is_active:
        return Content.assemble((words, "$muted"))
    return Content.assemble((f"! {words}", "$say-warning")) if needs else Content(words)


def key_age(record: CrewRecord) -> str:
    """How long their key has been in use."""
    if record.key_since is None:
        return "no key"
    return span_words((now() - record.key_since).total_seconds())
