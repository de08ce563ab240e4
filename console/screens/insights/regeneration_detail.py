"""One regeneration, whole: why, what it collected, and every version there is of that."""

from collections.abc import Callable, Sequence
from functools import partial

from console.commands.table import keys_of
from console.screens.detail import DetailScreen
from console.screens.insights.regeneration_acts import RegenerationActs
from console.screens.lineages import Lineages
from console.snapshots.insights import RegenerationPicture, take_regeneration
from console.widgets.facts import Fact
from console.words.insights import regeneration_facts, version_facts
from storage.insights.output_views import RegenerationView


class RegenerationScreen(RegenerationActs, Lineages, DetailScreen):
    """A regeneration with the lines of its versions, verbatim."""

    ID = "regeneration"
    BINDINGS = keys_of(ID)

    def __init__(self, regeneration_id: str) -> None:
        super().__init__()
        self._regeneration_id = regeneration_id
        self._regeneration: RegenerationView | None = None

    def question(self) -> Callable[[], RegenerationPicture]:
        """The regeneration at this moment."""
        return partial(take_regeneration, self._regeneration_id)

    def show(self, answer: RegenerationPicture) -> None:
        """Draw it."""
        self._regeneration = answer.regeneration
        super().show(answer)

    def regeneration_in_hand(self) -> RegenerationView | None:
        """This one."""
        return self._regeneration

    def lineage_of(self) -> str | None:
        """This one."""
        return self._regeneration_id

    def title_of(self, answer: RegenerationPicture) -> str:
        """What it is about."""
        return f"Regeneration · {answer.regeneration.scope}: {answer.regeneration.target}"

    def facts(self, answer: RegenerationPicture) -> Sequence[Fact]:
        """All of it."""
        return [
            *regeneration_facts(answer.regeneration, self.full_time),
            *version_facts(answer.versions, self.full_time),
        ]
