"""What an entry can be tied to: the newest ledger events and documents."""

from datetime import datetime

from storage.clock import ships_time
from storage.database import now
from storage.evidence.views import DocumentView, EventView, list_documents, list_events
from storage.value import Value
from storage.vessel.views import the_vessel

NEWEST = 300
"""Of each; what is older is tied on the command line, by its id."""


class Source(Value):
    """One event or document; `line` is how a list shows it."""

    id: str
    is_event: bool
    at: datetime
    line: str

    def matches(self, words: str) -> bool:
        """Whether every word occurs in its line or is part of its id."""
        text = f"{self.line} {self.id}".casefold()
        return all(word in text for word in words.casefold().split())


def recent_sources() -> tuple[Source, ...]:
    """Events by when they happened and documents by when they came, newest first.

    Raises:
        NotFound: the store has no vessel yet.
    """
    offset = the_vessel(now()).offset_minutes
    found = [
        *(_event(event, offset) for event in list_events(NEWEST)),
        *(_document(document, offset) for document in list_documents(NEWEST)),
    ]
    return tuple(sorted(found, key=lambda source: (source.at, source.id), reverse=True))


def _event(event: EventView, offset: int) -> Source:
    kind = event.type.replace("_", " ")
    said = " · ".join(filter(None, (kind, event.asset, event.text)))
    return Source(id=event.id, is_event=True, at=event.at, line=_line(event.at, offset, said))


def _document(document: DocumentView, offset: int) -> Source:
    at = document.uploaded_at
    return Source(
        id=document.id, is_event=False, at=at, line=_line(at, offset, f"document · {document.name}")
    )


def _line(at: datetime, offset: int, said: str) -> str:
    return f"{ships_time(at, offset):%d %H:%M}  {said}"
