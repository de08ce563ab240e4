"""gap_fill: gaps made by hand are found, repaired by jobs, and then there is nothing to do."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from storage.audit.actor import SYSTEM
from storage.canonical import sha256_hex
from storage.drafts import editing
from storage.drafts.items import shown_command
from storage.drafts.review import begin_review
from storage.drafts.views import draft
from storage.entries.correction_views import open_corrections
from storage.entries.corrections import decide
from storage.entries.gaps import unclassified
from storage.entries.states import Decision
from storage.entries.views import entry
from storage.handovers.exports import request_export
from storage.handovers.verification import verify_path
from storage.insights.collecting import collect
from storage.insights.states import Metric
from storage.insights.views import days_without_aggregates, trend
from storage.jobs.actions import cancel
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.views import list_jobs
from storage.manifests.actions import dispatch
from storage.manifests.views import list_orders
from tests.builders import (
    a_second_officer,
    a_signed_handover,
    a_third_officer,
    an_entry,
)
from tests.clock import ShipClock
from tests.storage.manifests.orders import an_unfiled_entry
from tests.worker.handlers.conftest import drain, export_of, generated
from tests.worker.handlers.test_manifests import job_of, verified
from worker.workflows.gaps import GAPS


def plan(**arguments: Any) -> Mapping[str, Any]:
    job = job_of(JobKind.MANIFEST_PLAN, workflow="gap_fill", **arguments)
    assert job.status is JobStatus.COMPLETED, job.error
    return job.result or {}


def repaired(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Send a plan, let it run, and verify it."""
    sent = dispatch(SYSTEM, Path(found["path"]))
    drain()
    return verified(sent.order_id or "")


def is_whole(sort: str, number: int = 1) -> None:
    """The whole way: so many gaps of one sort, found, repaired, verified, and none left."""
    found = plan()
    assert found["found"] == {
        **dict.fromkeys(GAPS, 0),
        sort: number,
    }
    verdict = repaired(found)
    assert verdict["ok"], verdict
    assert set(verdict["entries"]["left_over"].values()) == {0}
    assert plan()["reason"] == "nothing to do"


def test_a_store_without_gaps_has_nothing_to_do() -> None:
    a_signed_handover()
    drain()
    assert plan()["reason"] == "nothing to do"
    assert list_orders() == []


def test_a_signed_set_that_was_never_written_is_written_for_who_countersigned(store: Path) -> None:
    draft_id = a_signed_handover()
    (job,) = list_jobs(JobQuery(kind=JobKind.EXPORT_PREPARE))
    cancel(SYSTEM, job.job_id)
    is_whole("signed sets")
    export = export_of(draft_id, "signed")
    assert export.exporter == a_third_officer().name
    assert verify_path(store / export.path).ok


def test_a_set_that_is_about_to_be_written_is_no_gap() -> None:
    a_signed_handover()
    found = job_of(JobKind.MANIFEST_PLAN, workflow="gap_fill")
    assert (found.result or {})["reason"] == "nothing to do"


@pytest.mark.parametrize("name", ["handover.pdf", "handover.json", "document_hash.txt"])
def test_a_lost_file_comes_back_byte_for_byte(store: Path, name: str) -> None:
    draft_id = a_signed_handover()
    drain()
    folder = store / export_of(draft_id, "signed").path
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / name).unlink()
    is_whole("signed sets")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_exports_whose_folder_is_gone_come_back(store: Path) -> None:
    draft_id = a_signed_handover()
    drain()
    officer = a_second_officer().actor
    request_export(officer, draft_id, "html")
    request_export(officer, draft_id, "email", to=["owner@example.org"])
    drain()
    exports = [export_of(draft_id, sort) for sort in ("html", "email")]
    for export in exports:
        shutil.rmtree(store / export.path)
    is_whole("exports", 2)
    for export in exports:
        for name, digest in export.hashes.items():
            assert sha256_hex((store / export.path / name).read_bytes()) == digest


def test_a_file_that_was_changed_is_evidence_and_is_left_alone(store: Path) -> None:
    draft_id = a_signed_handover()
    drain()
    folder = store / export_of(draft_id, "signed").path
    (folder / "handover.html").write_text("forged")
    (folder / "handover.pdf").unlink()
    assert repaired(plan())["ok"]
    assert (folder / "handover.html").read_text() == "forged"
    assert not verify_path(folder).ok


def test_days_nobody_counted_are_counted_the_quiet_one_too(clock: ShipClock) -> None:
    an_entry("Bilge alarm in the thruster room, pumped dry")
    collect(SYSTEM)
    clock.advance(days=2)
    is_whole("days without aggregates")
    assert days_without_aggregates() == []
    assert len(trend(Metric.COMPLETION)) == 3  # both days, and today


def test_an_entry_filed_nowhere_is_put_before_an_officer() -> None:
    entry_id = an_unfiled_entry()
    is_whole("unclassified entries")
    (asked,) = open_corrections()
    assert (asked.entry_id, asked.suggested_domain) == (entry_id, "ENG-05")
    assert entry(entry_id).primary_domain == "ENG-99"
    decide(a_second_officer().actor, asked.id, Decision.ACCEPTED)
    assert entry(entry_id).primary_domain == "ENG-05"
    assert unclassified(10) == []


def test_gaps_are_repaired_ten_at_a_time() -> None:
    for _ in range(23):
        an_unfiled_entry()
    for left, sent in ((23, 10), (13, 10), (3, 3)):
        found = plan()
        assert (found["found"]["unclassified entries"], found["entries"]) == (left, sent)
        assert repaired(found)["entries"]["left_over"]["unclassified entries"] == left - sent
    assert plan()["reason"] == "nothing to do"


def test_a_command_section_that_is_stale_is_refreshed() -> None:
    an_entry("Port bilge pump out of service, no spare aboard, flooding risk.")
    an_entry("Fire detection panel fault on loop 2, patrols every hour.")
    draft_id, officer = generated(), a_second_officer().actor
    assert plan()["reason"] == "nothing to do"
    begin_review(officer, draft_id)
    item = next(s for s in draft(draft_id).sections if s.bucket != "Command").items[0]
    editing.edit(officer, item.id, "Port bilge pump runs again but trips: flooding risk remains.")
    before = shown_command(draft_id)
    is_whole("stale Command")
    assert shown_command(draft_id) != before


def test_a_fresh_draft_is_never_stale_whatever_its_sections() -> None:
    for words in (
        "Safety harness No 5 stitching worn, taken out of use and tagged.",
        "Port shaft seal drips 60 drops a minute, more than yesterday.",
        "Galley hood suppression cartridge pressure below the green, not fixed.",
        "Stern mooring line No 2 chafed at the fairlead, three strands.",
        "GPS No 1 lost position for 4 minutes at 0340.",
        "Class survey of the lifeboat release gear is overdue, flag not told.",
    ):
        an_entry(words)
    draft_id = generated()
    assert len(draft(draft_id).sections) > 3
    assert plan()["reason"] == "nothing to do"


def test_a_repair_that_did_not_help_is_not_in_order(store: Path) -> None:
    draft_id = a_signed_handover()
    drain()
    folder = store / export_of(draft_id, "signed").path
    (folder / "handover.pdf").unlink()
    sent = dispatch(SYSTEM, Path(plan()["path"]))
    drain()
    (folder / "handover.pdf").unlink()
    verdict = verified(sent.order_id or "")
    assert not verdict["ok"]
    assert verdict["entries"]["mismatch"] == 1
