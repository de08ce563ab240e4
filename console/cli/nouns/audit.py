"""`audit`: the log, its fingerprint, and the check that it is whole."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic_core import to_json

from console.cli.answer import Answer
from console.cli.options import Filter, Limit, Since
from console.cli.verbs import Verbs
from console.cli.words import both_times, count, facts, table
from storage.audit import views
from storage.audit.chain import read_checkpoint
from storage.audit.filters import read_filter
from storage.audit.proving import fingerprint, stored_events
from storage.audit.views import AuditQuery, AuditRow
from storage.audit.words import said
from storage.database import read_only
from storage.errors import BadInput

verbs = Verbs("The audit log.")

PAGE = 1_000


@verbs.verb("list", "eightbells audit list --action draft. --limit 20")
def list_some(
    actor: Annotated[str | None, typer.Option(help="By this actor, name or id.")] = None,
    action: Annotated[str | None, typer.Option(help="Actions that begin so.")] = None,
    subject: Annotated[str | None, typer.Option(help="About this id.")] = None,
    job: Annotated[str | None, typer.Option(help="Done by this job.")] = None,
    since: Since = None,
    filter: Filter = "",
    limit: Limit = 200,
) -> Answer:
    """List events, newest first."""
    query = AuditQuery(
        actor=actor, action=action, subject=subject, job=job, since=since, where=read_filter(filter)
    )
    found = views.list_events(query, limit=limit)
    rows = [
        (e.seq, both_times(e.at), e.actor_name, said(e.action, e.outcome),
         f"{e.subject_kind.replace('_', ' ')} {e.subject_id}", _detail(e))
        for e in found
    ]  # fmt: skip
    headings = ("event", "time", "who", "what", "about", "detail")
    words = [*table(headings, rows, "No event matches.")]
    return Answer(found, [*words, f"{len(found)} of {views.count_events(query)} matching"])


@verbs.verb("verify", "eightbells audit verify")
def verify(
    checkpoint: Annotated[
        str | None,
        typer.Option(metavar="SIZE:ROOT", help="A fingerprint noted earlier, on paper say."),
    ] = None,
) -> Answer:
    """Check that no event was changed, removed or cut off."""
    earlier = [read_checkpoint(checkpoint)] if checkpoint else []
    with read_only():
        verdict = views.verify(earlier)
        root = fingerprint().root if verdict.ok else verdict.root
    value = {**verdict.model_dump(), "root": root, "head": verdict.root}
    if verdict.ok:
        words = [f"The log is whole: {count(verdict.size, 'event')}, root {root}."]
    else:
        words = [f"The log is NOT whole: {verdict.problem}."]
    return Answer(value, words, exit_code=0 if verdict.ok else 1)


@verbs.verb("checkpoint", "eightbells audit checkpoint")
def checkpoint() -> Answer:
    """Print the log's fingerprint, to be noted outside the ship's computers."""
    with read_only():
        mark, last = fingerprint(), views.checkpoint()
    return Answer({**mark.model_dump(), "checkpoint": str(mark), "head": last.root}, [str(mark)])


@verbs.verb("export", "eightbells audit export audit.jsonl")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")],
) -> Answer:
    """Write the whole log to a new file, one JSON event a line, oldest first."""
    if file.exists():
        raise BadInput(why=f"{str(file)!r} exists; an export never overwrites.")
    with read_only():
        mark = fingerprint()
        _write(file, mark.size)
    value = {"file": str(file), "events": mark.size, "checkpoint": str(mark)}
    return Answer(value, facts(value))


def _write(file: Path, size: int) -> None:
    """All events into a temporary file that takes its name when it is whole."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as out:
            out.writelines(to_json(event) + b"\n" for event in _oldest_first(size))
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _oldest_first(size: int) -> Iterator[dict[str, Any]]:
    """Each event as its hash covers it, so that `verify` can prove the file without the store."""
    for start in range(0, size, PAGE):
        yield from stored_events(start, min(start + PAGE, size))


def _detail(event: AuditRow) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in event.detail.items())
