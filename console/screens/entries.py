"""Entries."""

from textual.widgets import Static

from console.commands import keys_of
from console.screens.place import Place


class EntriesPlace(Place):
    ID = "entries"
    BINDINGS = keys_of("entries")

    def body(self):
        yield Static("entries")

    def question(self):
        return lambda: 0

    def show(self, answer):
        pass
