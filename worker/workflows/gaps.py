"""The gaps of JOBS §7: how each is found, and which job repairs it.

A gap of another sort is one more line of `GAPS`: a name and what finds it.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from storage.drafts.content import ItemContent
from storage.drafts.generation import open_draft
from storage.drafts.items import shown_command, shown_items
from storage.drafts.states import REGENERABLE
from storage.entries.gaps import unclassified
from storage.handovers.exports import SIGNED_SET
from storage.handovers.gaps import lost_files, unwritten_sets
from storage.insights.views import days_without_aggregates
from storage.jobs.kinds import JobKind
from storage.value import Value
from storage.vessel.views import the_vessel
from worker.pipeline.command import command_section

MOST = 1_000
"""Gaps of one sort that one look tells; beyond it a further look finds the rest."""


class Gap(Value):
    """One thing that is missing, and the job that repairs it."""

    task: JobKind
    kwargs: dict[str, Any]
    words: str


def incomplete_sets() -> Iterator[Gap]:
    """Signed handovers whose signed set was never written, or lacks files."""
    for lost in unwritten_sets():
        yield _restore(lost.draft_id, "", "the signed set was never written")
    for lost in lost_files():
        if lost.type == SIGNED_SET:
            yield _restore(lost.draft_id, lost.export_id, f"{', '.join(lost.names)} missing")


def incomplete_exports() -> Iterator[Gap]:
    """Exports whose files, the list of hashes among them, are not there."""
    for lost in lost_files():
        if lost.type != SIGNED_SET:
            words = f"{lost.type}: {', '.join(lost.names)} missing"
            yield _restore(lost.draft_id, lost.export_id, words)


def unclassified_entries() -> Iterator[Gap]:
    """Entries filed under no domain, about which no officer was asked yet."""
    for entry_id in unclassified(MOST):
        yield Gap(
            task=JobKind.ENTRY_CLASSIFY, kwargs={"entry_id": entry_id},
            words=f"entry {entry_id} is filed nowhere",
        )  # fmt: skip


def stale_command() -> Iterator[Gap]:
    """Drafts whose Command section is not what their items give now."""
    draft = open_draft(the_vessel().id)
    if draft is None or draft.state not in REGENERABLE:
        return
    section = command_section(shown_items(draft.id), as_of=draft.period_to)
    due = section.items if section else ()
    if [_said(item) for item in due] != [_said(item) for item in shown_command(draft.id)]:
        yield Gap(
            task=JobKind.COMMAND_REFRESH, kwargs={"draft_id": draft.id},
            words="Command is not what the items say now",
        )  # fmt: skip


def uncounted_days() -> Iterator[Gap]:
    """Days without aggregates whose events are there; one job counts them all."""
    days = [day.isoformat() for day in days_without_aggregates()]
    if days:
        yield Gap(
            task=JobKind.ANALYTICS_JOBS, kwargs={"days": days},
            words=f"no counts of {', '.join(days)}",
        )  # fmt: skip


GAPS: dict[str, Callable[[], Iterator[Gap]]] = {
    "signed sets": incomplete_sets,
    "exports": incomplete_exports,
    "unclassified entries": unclassified_entries,
    "stale Command": stale_command,
    "days without aggregates": uncounted_days,
}
"""Every sort of gap, in the order in which they are repaired."""


def all_gaps() -> dict[str, list[Gap]]:
    """Every gap there is, by its sort; at most `MOST` of one sort."""
    return {sort: list(islice(find(), MOST)) for sort, find in GAPS.items()}


def _restore(draft_id: str, export_id: str, words: str) -> Gap:
    kwargs = {"draft_id": draft_id, "export_id": export_id}
    return Gap(task=JobKind.EXPORT_RESTORE, kwargs=kwargs, words=words)


def _said(item: ItemContent) -> tuple[Any, ...]:
    return item.domain, item.text, item.risk_tags, frozenset(item.entry_ids)
