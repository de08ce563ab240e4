"""`regeneration`: what was collected anew, approved or rejected by an officer."""

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import As, Limit, MaybeReason, Reason
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import both_times, count, facts, one_line, table
from storage.insights import deciding, output_views, outputs
from storage.insights.output_views import OutputView, RegenerationView
from storage.insights.states import RegenerationStatus

verbs = Verbs("Approved regenerations and the versions they made.")

Id = Annotated[str, typer.Argument(metavar="ID", help="The regeneration.")]
OutputId = Annotated[
    str, typer.Argument(metavar="ID", help="The regeneration, or one of its outputs.")
]
_EXAMPLE = "019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7"


@verbs.verb("list", "eightbells regeneration list")
def list_some(
    status: Annotated[RegenerationStatus | None, typer.Option(help="Of this status.")] = None,
    limit: Limit = 200,
) -> Answer:
    """List regenerations, newest first, with what became of each."""
    found = output_views.list_regenerations(status, limit=limit)
    rows = [(r.id, r.status, r.output.status if r.output else "", r.target) for r in found]
    none = "Nothing was regenerated; accepting a suggestion of that type approves one."
    return Answer(found, table(("id", "status", "output", "about"), rows, none))


@verbs.verb("show", f"eightbells regeneration show {_EXAMPLE}")
def show(regeneration_id: Id) -> Answer:
    """Show a regeneration, its output, and every version about the same target."""
    found = output_views.regeneration(regeneration_id)
    versions = output_views.versions(found.scope, found.target)
    value = {
        **found.model_dump(mode="json"),
        "versions": [v.model_dump(mode="json") for v in versions],
    }
    return Answer(value, [*_regeneration_words(found), *_versions(versions)])


@verbs.verb("approve", f'eightbells regeneration approve {_EXAMPLE} --as "Priya Nair"')
def approve(output_id: OutputId, who: As, reason: MaybeReason = "") -> Answer:
    """Let the output stand for its target."""
    return _decided(outputs.approve(acting(who), output_id, reason=reason))


@verbs.verb(
    "reject", f'eightbells regeneration reject {_EXAMPLE} --reason "Too old" --as "Priya Nair"'
)
def reject(output_id: OutputId, who: As, reason: Reason) -> Answer:
    """Let the output not stand; it stays on record."""
    return _decided(outputs.reject(acting(who), output_id, reason=reason))


@verbs.verb(
    "rollback", f'eightbells regeneration rollback {_EXAMPLE} --reason "Clearer" --as "Priya Nair"'
)
def rollback(output_id: OutputId, who: As, reason: Reason) -> Answer:
    """Put an earlier approved version back, as a new version."""
    return _decided(outputs.rollback(acting(who), output_id, reason=reason))


@verbs.verb(
    "retry", f'eightbells regeneration retry {_EXAMPLE} --reason "Once more" --as "Priya Nair"'
)
def retry(regeneration_id: Id, who: As, reason: Reason) -> Answer:
    """Approve another try of one that failed or was rejected; once for each."""
    found = deciding.retry(acting(who), regeneration_id, reason=reason)
    return Answer(found, _regeneration_words(found))


def _decided(found: OutputView) -> Answer:
    return Answer(found, _output_words(found))


def _regeneration_words(found: RegenerationView) -> Iterator[str]:
    pairs: dict[str, object] = {
        "regeneration": found.id,
        "status": found.status,
        "about": f"{found.scope} {found.target}",
        "approved by": f"{found.approved_by}, {both_times(found.approved_at)}",
    }
    if found.detail:
        pairs["detail"] = found.detail
    yield from facts(pairs)
    if found.output:
        yield from _output_words(found.output)


def _output_words(found: OutputView) -> Iterator[str]:
    stands = ", the version that stands" if found.stands else ""
    yield f"{found.title}: version {found.version} is {found.status}{stands} ({found.id})"
    for line in found.lines:
        yield f"  {one_line(line.text)}  [{count(len(line.sources), 'source')}]"


def _versions(found: list[OutputView]) -> Iterator[str]:
    rows = [
        (v.version, v.status, "stands" if v.stands else "", v.id, both_times(v.made_at))
        for v in found
    ]
    if rows:
        yield from table(("version", "status", "", "id", "made"), rows, "")
