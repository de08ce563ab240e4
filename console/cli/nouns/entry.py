"""`entry`: capture, look, and the marks people put on entries."""

from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer, rejected_lines
from console.cli.lines import import_lines
from console.cli.nouns.entry_words import classification_facts, entry_facts
from console.cli.options import As, InputFile, KeepGoing, Limit, Reason, Since
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import count, facts, table
from storage.entries import actions
from storage.entries.states import EntryStatus
from storage.entries.views import EntryQuery, count_entries, list_entries
from storage.entries.views import entry as find_entry
from storage.errors import BadInput
from storage.evidence.lines import bad_lines, read_lines
from storage.taxonomy.classify import classify as read_text
from storage.taxonomy.domains import Bucket

verbs = Verbs("Entries: what people capture.")

EntryId = Annotated[str, typer.Argument(metavar="ID", help="The entry.")]


@verbs.verb("classify", 'eightbells entry classify "Passerelle control panel fault"', store=False)
def classify(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What happened.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Lines {id?, text}, JSONL."),
    ] = None,
) -> Answer:
    """Show how words would be classified, and why; nothing is saved."""
    if (text is None) == (file is None):
        raise typer.BadParameter("Give either a TEXT or a --file.")
    if text is not None:
        reading = read_text(text)
        return Answer(_contract(reading), facts(classification_facts(reading)))
    return _classify_lines(file or Path())


@verbs.verb("add", 'eightbells entry add "Bilge pump 3 out of service" --as "Mara Lindqvist"')
def add(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is so, in your own words.")],
    who: As,
    event: Annotated[list[str] | None, typer.Option(metavar="ID", help="A ledger event.")] = None,
    document: Annotated[list[str] | None, typer.Option(metavar="ID", help="A document.")] = None,
) -> Answer:
    """Capture an entry in a person's own words."""
    made = actions.capture(acting(who), text, event_ids=event or (), document_ids=document or ())
    return Answer(made, facts(entry_facts(made)))


@verbs.verb("import", 'eightbells entry import watch.jsonl --as "Mara Lindqvist"')
def import_file(file: InputFile, who: As, keep_going: KeepGoing = False) -> Answer:
    """Capture every line of a JSONL or CSV file in one transaction."""
    lines = import_lines(file)
    report = actions.import_entries(acting(who), lines, keep_going=keep_going)
    words = [f"{count(report.imported, 'entry', 'entries')} imported."]
    words += rejected_lines([bad.model_dump() for bad in report.rejected])
    return Answer(report, words)


@verbs.verb("list", "eightbells entry list --status candidate --bucket Engineering")
def list_some(
    status: Annotated[EntryStatus | None, typer.Option(help="Of this status.")] = None,
    bucket: Annotated[Bucket | None, typer.Option(help="Of this bucket.")] = None,
    domain: Annotated[str | None, typer.Option(help="Of this domain code.")] = None,
    author: Annotated[str | None, typer.Option(help="By this person.")] = None,
    text: Annotated[str | None, typer.Option(help="With all of these words.")] = None,
    since: Since = None,
    limit: Limit = 200,
) -> Answer:
    """List entries, newest first."""
    query = EntryQuery(
        status=status, bucket=bucket, domain=domain, author=author, text=text, since=since
    )
    found = list_entries(query, limit=limit)
    rows = [
        (f"{e.created_at:%Y-%m-%d %H:%MZ}", e.id, e.status, e.primary_domain, e.author, e.narrative)
        for e in found
    ]
    none = "No entry matches; `entry add` captures one."
    words = [*table(("time", "id", "status", "domain", "by", "narrative"), rows, none)]
    return Answer(found, [*words, f"{len(found)} of {count_entries(query)} matching"])


@verbs.verb("show", "eightbells entry show 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7")
def show(entry_id: EntryId) -> Answer:
    """Show one entry, how it was classified and what was decided about it."""
    found = find_entry(entry_id)
    return Answer(found, facts(entry_facts(found)))


@verbs.verb(
    "flag",
    "eightbells entry flag 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 "
    '--reason "This is the chiller" --domain ENG-04 --as "Mara Lindqvist"',
)
def flag(
    entry_id: EntryId,
    who: As,
    reason: Reason,
    domain: Annotated[str | None, typer.Option(help="The domain it should have.")] = None,
) -> Answer:
    """Ask for a classification to be looked at again; the original stays."""
    found = actions.flag(acting(who), entry_id, reason=reason, suggested_domain=domain)
    return Answer(found, facts(entry_facts(found)))


@verbs.verb(
    "resolve",
    "eightbells entry resolve 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 "
    '--reason "Seal replaced" --as "Priya Nair"',
)
def resolve(entry_id: EntryId, who: As, reason: Reason) -> Answer:
    """Mark what an entry says as settled; it is no longer carried forward."""
    found = actions.resolve(acting(who), entry_id, reason=reason)
    return Answer(found, facts(entry_facts(found)))


@verbs.verb(
    "suppress",
    "eightbells entry suppress 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 "
    '--reason "Logged twice" --as "Priya Nair"',
)
def suppress(entry_id: EntryId, who: As, reason: Reason) -> Answer:
    """Leave an entry out of drafts from now on; it stays on record."""
    found = actions.suppress(acting(who), entry_id, reason=reason)
    return Answer(found, facts(entry_facts(found)))


def _classify_lines(file: Path) -> Answer:
    lines = import_lines(file, allowed=(".jsonl",))
    rows, rejected = read_lines(lines, _text_and_id)
    if rejected:
        raise bad_lines(rejected, len(lines))
    read = [(row_id, text, read_text(text)) for row_id, text in rows]
    value = [{"id": row_id, **_contract(reading)} for row_id, _, reading in read]
    cells = [(i, r.primary_domain, r.bucket, ", ".join(r.reasons), text) for i, text, r in read]
    headings = ("id", "domain", "bucket", "because of", "text")
    return Answer(value, table(headings, cells, "The file has no lines."))


def _text_and_id(values: dict[str, object]) -> tuple[object, str]:
    text = values.get("text")
    if not isinstance(text, str):
        raise BadInput(why="A line needs a 'text'.")
    return values.get("id"), text


def _contract(reading: object) -> dict[str, object]:
    """The fields of CLI.md, in its order."""
    names = (
        "primary_domain", "secondary_domains", "bucket", "risk_tags", "owner_roles",
        "confidence", "reasons", "runner_up", "planning",
    )  # fmt: skip
    return {name: getattr(reading, name) for name in names}
