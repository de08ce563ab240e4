"""`entry`: capture, look, and the marks people put on entries."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer, rejected_lines
from console.cli.bulk import AllOf, Expect, all_answered, is_about_all
from console.cli.lines import import_lines
from console.cli.nouns.entry_words import classification_facts, entry_facts, entry_lines
from console.cli.options import As, Filter, InputFile, KeepGoing, Limit, MaybeReason, Reason, Since
from console.cli.people import acting
from console.cli.settings import home_folder
from console.cli.store import the_store
from console.cli.verbs import Verbs
from console.cli.words import count, facts, table
from storage.database import exists
from storage.entries import actions
from storage.entries.bulk import resolve_all, suppress_all
from storage.entries.corrections import decide as decide_correction
from storage.entries.filters import read_filter
from storage.entries.reading import Reader, ships_reader
from storage.entries.states import Decision, EntryStatus
from storage.entries.views import EntryQuery, count_entries, list_entries
from storage.entries.views import entry as find_entry
from storage.errors import BadInput
from storage.evidence.lines import bad_lines, read_lines
from storage.taxonomy.classify import classify as read_anywhere
from storage.taxonomy.domains import Bucket

verbs = Verbs("Entries: what people capture.")


class Verdict(StrEnum):
    """What an officer says to a correction request."""

    ACCEPT = "accept"
    REJECT = "reject"


DECISIONS = {Verdict.ACCEPT: Decision.ACCEPTED, Verdict.REJECT: Decision.REJECTED}
MARKS = {
    "resolved": (actions.resolve, resolve_all),
    "suppressed": (actions.suppress, suppress_all),
}
"""Mark → what sets it on one entry, and what on all that match."""

MaybeEntryId = Annotated[
    str | None, typer.Argument(metavar="ID", help="The entry; or all of them by --filter.")
]
EntryId = Annotated[str, typer.Argument(metavar="ID", help="The entry.")]


@verbs.verb("classify", 'eightbells entry classify "Passerelle control panel fault"', store=False)
def classify(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What happened.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Lines {id?, text}, JSONL."),
    ] = None,
) -> Answer:
    """Show how words would be classified aboard, and why; nothing is saved."""
    if (text is None) == (file is None):
        raise typer.BadParameter("Give either a TEXT or a --file.")
    if text is not None:
        reading = _reader()(text)
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
    flagged: Annotated[
        bool, typer.Option("--flagged", help="Whose classification waits for a decision.")
    ] = False,
    since: Since = None,
    filter: Filter = "",
    limit: Limit = 200,
) -> Answer:
    """List entries, newest first."""
    query = EntryQuery(
        status=status, bucket=bucket, domain=domain, author=author, text=text, since=since,
        flagged=flagged or None, where=read_filter(filter),
    )  # fmt: skip
    found = list_entries(query, limit=limit)
    lines = [line for entry in found for line in entry_lines(entry)]
    none = "No entry matches; `entry add` captures one."
    return Answer(found, [*(lines or [none]), f"{len(found)} of {count_entries(query)} matching"])


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
    "decide",
    "eightbells entry decide 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 accept "
    '--reason "Seen on the rack" --as "Priya Nair"',
)
def decide(
    asked: Annotated[
        str, typer.Argument(metavar="ENTRY|REQUEST", help="The flagged entry, or one request.")
    ],
    verdict: Annotated[
        Verdict, typer.Argument(help="The original stays on record; to reject needs a reason.")
    ],
    who: As,
    reason: MaybeReason = "",
    domain: Annotated[
        str | None, typer.Option(help="Where it belongs, if the request does not say.")
    ] = None,
) -> Answer:
    """Accept or reject, as another officer, a request to correct a classification."""
    found = decide_correction(acting(who), asked, DECISIONS[verdict], reason=reason, domain=domain)
    return Answer(found, facts(entry_facts(found)))


@verbs.verb(
    "resolve",
    "eightbells entry resolve 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 "
    '--reason "Seal replaced" --as "Priya Nair"',
)
def resolve(
    who: As,
    reason: Reason,
    entry_id: MaybeEntryId = None,
    filter: AllOf = "",
    expect: Expect = None,
) -> Answer:
    """Mark an entry, or all that match, as settled; no longer carried forward."""
    return _marked("resolved", who, reason, entry_id, filter, expect)


@verbs.verb(
    "suppress",
    "eightbells entry suppress 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 "
    '--reason "Logged twice" --as "Priya Nair"',
)
def suppress(
    who: As,
    reason: Reason,
    entry_id: MaybeEntryId = None,
    filter: AllOf = "",
    expect: Expect = None,
) -> Answer:
    """Leave an entry, or all that match, out of drafts from now on; on record."""
    return _marked("suppressed", who, reason, entry_id, filter, expect)


def _marked(
    mark: str, who: str, reason: str, entry_id: str | None, filter: str, expect: int | None
) -> Answer:
    one, every = MARKS[mark]
    if is_about_all(entry_id, filter, expect):
        query = EntryQuery(where=read_filter(filter))
        tally = every(acting(who), query, expect or 0, reason=reason)
        return all_answered(tally, "entry", "entries", mark)
    assert entry_id is not None
    found = one(acting(who), entry_id, reason=reason)
    return Answer(found, facts(entry_facts(found)))


def _reader() -> Reader:
    """As this ship reads, where there is a store; else as any ship would."""
    home = home_folder()
    if not exists(home):
        return read_anywhere
    with the_store(home):
        return ships_reader()


def _classify_lines(file: Path) -> Answer:
    lines = import_lines(file, allowed=(".jsonl",))
    rows, rejected = read_lines(lines, _text_and_id)
    if rejected:
        raise bad_lines(rejected, len(lines))
    read_text = _reader()
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
