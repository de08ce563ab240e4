"""A print of a draft: marked on every page, replaced by the next, and never an export (I14)."""

import json
from pathlib import Path

import pytest

from storage.audit.views import AuditQuery, list_events
from storage.canonical import sha256_hex
from storage.database import home
from storage.drafts import editing, review
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.engine import ledger
from storage.errors import NotFound, WrongState
from storage.handovers.printing import request_print
from storage.handovers.verification import verify_document, verify_path
from storage.jobs.kinds import JobKind
from storage.jobs.states import JobStatus
from storage.jobs.views import show_job
from tests.builders import (
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    an_accepted_draft,
    entries,
)
from tests.worker.handlers.conftest import drain, generated, run
from worker.documents.pdf import render_pdf

MARK = "DRAFT – NOT AUTHORITATIVE"


def printed(draft_id: str) -> Path:
    """The folder of a fresh print."""
    job_id = request_print(a_second_officer().actor, draft_id).job_id
    drain()
    job = show_job(job_id)
    assert job.status is JobStatus.COMPLETED, job.error
    return Path(str((job.result or {})["folder"]))


def test_a_draft_is_printed_where_drafts_lie_and_nothing_else_with_it() -> None:
    draft_id = a_draft_in_review()
    folder = printed(draft_id)
    assert folder == home() / "handover" / draft(draft_id).vessel_id / "drafts" / draft_id
    assert {path.name for path in folder.iterdir()} == {"draft.html", "draft.json"}
    assert [path.name for path in folder.parent.iterdir()] == [draft_id]


def test_the_print_says_on_every_page_that_it_is_not_authoritative() -> None:
    page = (printed(a_draft_in_review()) / "draft.html").read_text()
    assert page.count(MARK) == 3  # the title, the cover, and what every printed page repeats
    assert f'<p class="draft-mark">{MARK}</p>' in page
    assert ".draft-mark { position: fixed;" in page
    assert "Nobody yet: this handover is not signed." in page
    assert "none: not signed" in page
    assert render_pdf(page).startswith(b"%PDF")


def test_nothing_takes_the_json_of_a_draft_for_a_signed_handover() -> None:
    folder = printed(an_accepted_draft())
    data = (folder / "draft.json").read_bytes()
    said = json.loads(data)
    assert (said["format"], said["authoritative"], said["state"]) == (
        "eightbells.draft/1", False, "ACCEPTED",
    )  # fmt: skip
    assert said["signatures"] == []
    assert not all(check.ok for check in verify_document(data))
    with pytest.raises(NotFound):
        verify_path(folder)


def test_i14_a_print_is_no_export_and_moves_nothing() -> None:
    draft_id = a_draft_in_review()
    folder = printed(draft_id)
    assert draft(draft_id).state is DraftState.IN_REVIEW
    assert ledger.execute_sql("SELECT count(*) FROM handover_export").fetchone() == (0,)
    (event,) = list_events(AuditQuery(action="draft.printed"))
    assert event.detail["hashes"] == {p.name: sha256_hex(p.read_bytes()) for p in folder.iterdir()}


def test_the_next_print_takes_the_place_of_the_one_before() -> None:
    entries("Anchor light is out.")
    draft_id = generated()
    folder = printed(draft_id)
    review.begin_review(a_second_officer().actor, draft_id)
    (item,) = (i for i in draft(draft_id).items().values() if i.bucket != "Command")
    editing.edit(a_second_officer().actor, item.id, "The stern light is out.")
    assert printed(draft_id) == folder
    page = (folder / "draft.html").read_text()
    assert "The stern light is out." in page
    assert {path.name for path in folder.iterdir()} == {"draft.html", "draft.json"}


def test_what_is_signed_is_exported_and_not_printed_as_a_draft() -> None:
    signed = a_signed_handover()
    with pytest.raises(WrongState, match="exported instead"):
        request_print(a_second_officer().actor, signed)
    assert run(JobKind.DRAFT_PRINT, draft_id=signed).status is JobStatus.FAILED
