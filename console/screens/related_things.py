"""Enter on a thing goes to what it is about; where there are several, a sheet asks which."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from console.related import Relation, Where
from console.screens.asking import Choose
from console.screens.live import LiveScreen
from console.widgets.filter_line import FilterLine

if TYPE_CHECKING:
    from console.app import EightBellsApp

NOTHING = "It is about nothing else on board."


class RelatedThings(LiveScreen):
    """A screen about one thing that leads to others."""

    def related(self) -> Sequence[Relation]:
        """What there is to go to."""
        raise NotImplementedError

    def why_not_go_related(self) -> str | None:
        """There is nothing to go to."""
        return None if self.related() else NOTHING

    async def action_go_related(self) -> None:
        """Enter: there; to the only one at once."""
        relations = {relation.id: relation for relation in self.related()}
        chosen = next(iter(relations))
        if len(relations) > 1:
            options = [(relation.id, relation.words) for relation in relations.values()]
            chosen = await self.ask(Choose("Go to", "", options))
        go_to(self.console, relations[chosen])


def go_to(app: "EightBellsApp", relation: Relation) -> None:
    """Show what a relation names. The app does it, because the asking screen may be gone then."""
    if relation.where is Where.DRAFT:
        app.switch_mode("handover")
    elif relation.where is Where.JOBS_OF_GROUP:
        app.call_later(_show_jobs, app, f"group:{relation.id}")
    else:
        app.push_screen(_screen(relation))


def _screen(relation: Relation) -> Screen[None]:
    """The detail of one thing; imported here because details lead to one another."""
    from console.screens.archive.detail import SignedScreen
    from console.screens.jobs.detail import JobScreen
    from console.screens.jobs.group_detail import GroupScreen
    from console.screens.orders.detail import OrderScreen

    screens = {
        Where.GROUP: GroupScreen,
        Where.JOB: JobScreen,
        Where.SIGNED: SignedScreen,
        Where.ORDER: OrderScreen,
    }
    return screens[relation.where](relation.id)


async def _show_jobs(app: "EightBellsApp", wanted: str) -> None:
    """The list of jobs with this filter, whatever was open above it."""
    await app.switch_mode("jobs")
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    app.screen.query_one(FilterLine).write(wanted)
