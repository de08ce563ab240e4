"""`evidence`: ledger events and source documents."""

from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer, rejected_lines
from console.cli.lines import import_lines
from console.cli.options import InputFile, KeepGoing, Limit, MaybeAs
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import both_times, count, facts, table
from storage.entries.proposals import import_events as record
from storage.evidence import views
from storage.evidence.actions import add_document as keep

verbs = Verbs("Ledger events and source documents.")


@verbs.verb("import-events", "eightbells evidence import-events alarms.jsonl")
def import_events(file: InputFile, who: MaybeAs = None, keep_going: KeepGoing = False) -> Answer:
    """Record the ledger events of a JSONL or CSV file; some propose entries."""
    report = record(acting(who), import_lines(file), keep_going=keep_going)
    words = [
        f"{count(report.imported, 'event')} recorded, "
        f"{count(report.proposals, 'entry', 'entries')} proposed."
    ]
    words += rejected_lines([bad.model_dump() for bad in report.rejected])
    return Answer(report, words)


@verbs.verb("add-document", "eightbells evidence add-document class-survey.pdf")
def add_document(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to keep a copy of.")],
    who: MaybeAs = None,
) -> Answer:
    """Keep a copy of a file as evidence."""
    document = views.document(keep(acting(who), file))
    words = {"document": document.id, "name": document.name, "SHA-256": document.sha256}
    return Answer(document, facts(words))


@verbs.verb("list", "eightbells evidence list")
def list_all(limit: Limit = 500) -> Answer:
    """List ledger events and documents, newest first."""
    events, documents = views.list_events(limit), views.list_documents(limit)
    value = {"events": events, "documents": documents}
    rows = [
        *((both_times(e.at), e.id, e.type, f"{e.asset}: {e.text}") for e in events),
        *((both_times(d.uploaded_at), d.id, "document", d.name) for d in documents),
    ]
    none = "No evidence is on record; `evidence import-events` records some."
    return Answer(value, table(("time", "id", "type", "text"), rows, none))
