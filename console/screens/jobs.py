"""Jobs."""

from textual.widgets import Static

from console.commands import keys_of
from console.screens.place import Place


class JobsPlace(Place):
    ID = "jobs"
    BINDINGS = keys_of("jobs")

    def body(self):
        yield Static("jobs")

    def question(self):
        return lambda: 0

    def show(self, answer):
        pass
