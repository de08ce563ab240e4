"""entry_classify: read an entry that is filed nowhere, and ask an officer to file it there."""

from typing import Any

from storage.audit.actor import WORKER
from storage.entries.gaps import ask_to_classify
from storage.entries.reading import Reader, ships_reader
from storage.entries.views import entry
from storage.jobs.arguments import OneEntry
from storage.jobs.record import ClaimedJob
from storage.value import Value
from worker.handler import Reporter


class Unfiled(Value):
    """The words of an entry, and how this ship reads words."""

    entry_id: str
    narrative: str
    read: Reader


class Filed(Value):
    """The domain its words speak of, and which words those are."""

    entry_id: str
    domain: str
    reasons: tuple[str, ...]


def gather(job: ClaimedJob) -> Unfiled:
    """The entry's own words."""
    found = entry(job.arguments_as(OneEntry).entry_id)
    return Unfiled(entry_id=found.id, narrative=found.narrative, read=ships_reader())


def perform(given: Unfiled, report: Reporter) -> Filed:
    """Read them."""
    report.phase("read", 0, 1)
    reading = given.read(given.narrative)
    return Filed(entry_id=given.entry_id, domain=reading.primary_domain, reasons=reading.reasons)


def settle(job: ClaimedJob, output: Filed) -> dict[str, Any]:
    """Make the request; what was captured stays as it is (I10)."""
    asked = ask_to_classify(
        WORKER, output.entry_id, output.domain, output.reasons,
        job_id=job.job_id, trace_id=job.trace_id,
    )  # fmt: skip
    return {"entry_id": output.entry_id, "suggested": output.domain, "asked": asked}
