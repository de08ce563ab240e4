"""`trace`: the evidence questions."""

import re
from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.items import resolved
from console.cli.nouns.handover import handover_rows, standing
from console.cli.verbs import Verbs
from console.cli.words import both_times, one_line
from storage.errors import BadInput
from storage.handovers import tracing
from storage.handovers.tracing import Trace

verbs = Verbs("What stands behind an item, an entry or an event.")

_DATE = re.compile(r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])")


@verbs.verb("trace", "eightbells trace 2.3")
def trace(
    subject: Annotated[
        str | None,
        typer.Argument(metavar="ITEM|ENTRY|EVENT", help="An id, or an item's printed number."),
    ] = None,
    signed_on: Annotated[
        str | None,
        typer.Option("--signed-on", metavar="DATE", help="Who took over on this date (UTC)?"),
    ] = None,
) -> Answer:
    """Show the evidence behind a statement, who changed it, and which handovers carry it."""
    if (subject is None) == (signed_on is None):
        raise typer.BadParameter("Give either an id or --signed-on.")
    if signed_on is not None:
        return _signed_on(signed_on)
    found = tracing.trace(resolved(subject or ""))
    return Answer(found, _words(found))


def _signed_on(date: str) -> Answer:
    if not _DATE.fullmatch(date):
        raise BadInput(why=f"{date!r} is not a date like 2026-03-01.")
    found = tracing.signed_on(date)
    return Answer(found, handover_rows(found, f"Nobody signed a handover on {date} (UTC)."))


def _words(found: Trace) -> Iterator[str]:
    yield f"{found.kind} {found.id}"
    for item in found.items:
        where = f"handover {item.document_number}" if item.document_number else item.draft_state
        yield f"  item in draft {item.draft_id} ({where}, {item.status}): {one_line(item.text)}"
    for entry in found.entries:
        who = f"{both_times(entry.created_at)}, {entry.author}, {entry.role}"
        yield f"  entry {entry.id}, {who}: {one_line(entry.narrative)}"
    for event in found.events:
        yield f"  event {event.id}, {both_times(event.at)}, {event.type}: {one_line(event.text)}"
    for document in found.documents:
        yield f"  document {document.id}: {one_line(document.name)}, SHA-256 {document.sha256}"
    for edit in found.edits:
        yield f"  {edit.kind} by {edit.editor}, {both_times(edit.at)}: {one_line(edit.new)}"
    for signed in found.handovers:
        people = " and ".join(s.name for s in signed.signatories)
        when, note = both_times(signed.signed_at), standing(signed)
        said = f"  signed in {signed.document_number} by {people}, {when}"
        yield said + (f" ({note})" if note else "")
