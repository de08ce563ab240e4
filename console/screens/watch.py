"""Watch."""

from textual.widgets import Static

from console.commands import keys_of
from console.screens.place import Place


class WatchPlace(Place):
    ID = "watch"
    BINDINGS = keys_of("watch")

    def body(self):
        yield Static("watch")

    def question(self):
        return lambda: 0

    def show(self, answer):
        pass
