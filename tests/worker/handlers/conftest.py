"""Jobs run here by the worker's own loop, in this process, against the test's own store."""

from pathlib import Path
from typing import Any

import pytest

from storage.audit.actor import Actor
from storage.handovers.views import ExportView, handover
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobDetail
from storage.jobs.submission import submit
from storage.jobs.views import show_job
from storage.vessel.views import the_vessel
from tests.builders import a_second_officer
from tests.conftest import store as store  # with a crew, unlike that of tests/worker
from worker.loop import Loop


def run(kind: JobKind, actor: Actor | None = None, **arguments: Any) -> JobDetail:
    """Submit one job and let the worker finish all there is."""
    subject = str(arguments.get("draft_id", the_vessel().id))
    job_id = submit(
        actor or a_second_officer().actor, kind, arguments,
        subject=subject, vessel_id=the_vessel().id,
    ).job_id  # fmt: skip
    drain()
    return show_job(job_id)


def drain() -> None:
    """Let the worker finish all that is queued."""
    Loop().run(drain=True)


def generated() -> str:
    """The id of the draft the worker makes of what has been captured."""
    result = run(JobKind.HANDOVER_GENERATE).result
    assert result is not None
    return str(result["draft_id"])


def export_of(draft_id: str, export_type: str) -> ExportView:
    """The one export of a type."""
    (found,) = [e for e in handover(draft_id).exports if e.type == export_type]
    return found


@pytest.fixture(autouse=True)
def _on_a_store(store: Path) -> Path:
    return store
