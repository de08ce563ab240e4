"""gap_fill: finds what is missing in the store, plans its repair, and looks again afterwards."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from storage.manifests.lines import ManifestEntry
from worker.workflows.gaps import all_gaps
from worker.workflows.workflow import Found, PlanRequest

SENTENCE = "Finds files, classifications and summaries that are missing, and repairs them."
COUNT = 10
look = all_gaps


def plan(request: PlanRequest) -> Iterator[dict[str, Any]]:
    """One entry for each gap, at most a batch of them."""
    gaps = islice(chain.from_iterable(request.found.values()), request.count)
    for number, gap in enumerate(gaps, start=1):
        yield {
            "task": gap.task,
            "kwargs": gap.kwargs,
            "meta": {"id": request.id(number)},
            "description": gap.words,
        }


def verify(entry: ManifestEntry, receipt: Mapping[str, Any], found: Found) -> str:
    """Whether the gap an entry was to repair is found again."""
    still = any(
        gap.task == entry.task and gap.kwargs == entry.kwargs
        for gap in chain.from_iterable(found.values())
    )
    return "The gap is still there." if still else ""
