"""Audit."""

from textual.widgets import Static

from console.commands import keys_of
from console.screens.place import Place


class AuditPlace(Place):
    ID = "audit"
    BINDINGS = keys_of("audit")

    def body(self):
        yield Static("audit")

    def question(self):
        return lambda: 0

    def show(self, answer):
        pass
