"""Keeping the filter and order of a list under a name, and going back to one that is kept."""

from console.keys_aboard import key
from console.saved_views import LONGEST_NAME, View, Views
from console.screens.asking import Choose
from console.screens.live import LiveScreen
from console.screens.writing import AskReason

TAKE_OFF = ""
"""The answer that stands for no view: take one off."""


class ViewActs(LiveScreen):
    """The two commands, for a list."""

    query_text: str
    order: str

    async def action_save_view(self) -> None:
        """S: keep it as it is now."""
        person = await self.require_person("to keep a view of your own")
        sentence = f"The filter is “{self.query_text.strip()}”, {self.order}. Its name:"
        name = await self.ask(
            AskReason("Keep this view", sentence, placeholder="a name", needed="It needs a name.")
        )
        name = name[:LONGEST_NAME]
        view = View(name=name, place=self.ID, filter=self.query_text.strip(), order=self.order)
        Views(self.console.home, person.id).keep(view)
        self.say(
            f"Kept: {key('saved_views')} or “{key('palette')} view: {name}” brings it back.", "done"
        )

    def why_not_save_view(self) -> str | None:
        """Without a filter there is nothing to keep."""
        return (
            None
            if self.query_text.strip()
            else f"Write a filter first; {key('filter')} begins one."
        )

    async def action_saved_views(self) -> None:
        """V: choose one."""
        person = await self.require_person("to see your views")
        kept = Views(self.console.home, person.id)
        views = {view.name: view for view in kept.all()}
        if not views:
            writes, keeps = f"{key('filter')} writes a filter", f"{key('save_view')} keeps it"
            self.say(f"You keep no view yet: {writes}, {keeps}.")
            return
        off = (TAKE_OFF, "take one off …")
        name = await self.ask(Choose("Your views", "", [*map(_option, views.values()), off]))
        if name == TAKE_OFF:
            name = await self.ask(Choose("Take a view off", "", map(_option, views.values())))
            kept.take_off(name)
            self.say(f"The view “{name}” is gone.", "done")
        else:
            await self.console.look_at(views[name].place, views[name].filter, views[name].order)


def _option(view: View) -> tuple[str, str]:
    return view.name, f"{view.name}: {view.place}, {view.filter}, {view.order}"
