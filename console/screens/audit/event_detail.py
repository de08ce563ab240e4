"""One audit event with all it says. It never changes."""

import json
from collections.abc import Callable, Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.screens.detail import DetailScreen
from console.widgets.facts import Fact
from storage.audit.views import AuditRow
from storage.audit.words import said
from storage.text import visible


class EventScreen(DetailScreen):
    """An event, whole."""

    ID = "event"
    BINDINGS = keys_of(ID)

    def __init__(self, event: AuditRow) -> None:
        super().__init__()
        self._event = event

    def question(self) -> Callable[[], AuditRow]:
        """What is already known: an event never changes."""
        return lambda: self._event

    def title_of(self, answer: AuditRow) -> str:
        """Number and what was done."""
        return f"Event {answer.seq} · {said(answer.action, answer.outcome)}"

    def facts(self, answer: AuditRow) -> Sequence[Fact]:
        """All of it."""
        return [
            *event_facts(answer, self.full_time(answer.at)),
            ("actor id", Content(visible(answer.actor_id))),
            ("hash", Content(answer.hash)),
        ]


def event_facts(event: AuditRow, at: Content) -> list[Fact]:
    """An event in facts."""
    record = {"action": event.action, "outcome": event.outcome, **event.detail}
    detail = json.dumps(record, ensure_ascii=False, indent=1)
    shown: list[Fact] = [
        ("what", Content(visible(said(event.action, event.outcome)))),
        ("who", Content(visible(f"{event.actor_name} ({event.actor_kind})"))),
        ("when", at),
        ("subject", Content(visible(f"{event.subject_kind} {event.subject_id}"))),
        ("detail", Content(visible(detail))),
    ]
    if event.job_id:
        shown.append(("job", Content(event.job_id)))
    if event.trace_id:
        shown.append(("trace", Content(event.trace_id)))
    return shown
