"""Archive."""

from textual.widgets import Static

from console.commands import keys_of
from console.screens.place import Place


class ArchivePlace(Place):
    ID = "archive"
    BINDINGS = keys_of("archive")

    def body(self):
        yield Static("archive")

    def question(self):
        return lambda: 0

    def show(self, answer):
        pass
