"""Text search: the same answer before and after the words are indexed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.audit.actor import SYSTEM
from storage.engine import ledger
from storage.jobs import actions, search, views
from storage.jobs.endings import Account, Failure
from storage.jobs.record import ClaimedJob, JobQuery
from storage.jobs.states import JobStatus, Reason

Claim = Callable[[], ClaimedJob]


def debug(message: str) -> str:
    return actions.submit(SYSTEM, "debug", {"message": message}).job_id


def found(text: str, **more: JobStatus) -> list[str]:
    return [row.job_id for row in views.list_jobs(JobQuery(text=text, **more))]  # type: ignore[arg-type]


@pytest.fixture
def jobs(store: Path, claim: Claim) -> dict[str, str]:
    """Three jobs by name; one has failed."""
    made = {
        "pump": debug("Bilge pump, port side"),
        "cafe": debug("Café du Port"),
        "export": actions.submit(
            SYSTEM, "export_prepare",
            {"draft_id": "d-17", "type": "pdf", "exporter_id": "p"}, subject="d-17",
        ).job_id,
    }  # fmt: skip
    failure = Failure(Reason.ERROR, "OSError", "No space left on device_7")
    actions.fail(claim(), failure, Account())
    return made


QUESTIONS = {
    "bilge": ["pump"],
    "BIL": ["pump"],
    "port pump": ["pump"],
    "ilge": [],
    "cafe": ["cafe"],
    "CAFÉ": ["cafe"],
    "port": ["cafe", "pump"],
    "d-17": ["export"],
    "export": ["export"],
    "prepare": ["export"],
    "no space": ["pump"],
    "device": ["pump"],
    "oserror": ["pump"],
    "!!": [],
    '"*" OR NOT': [],
}


WITHOUT_NUL = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
"""What both engines keep."""


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("text", QUESTIONS)
def test_jobs_are_found_by_the_beginnings_of_their_words(
    text: str, indexed: bool, jobs: dict[str, str]
) -> None:
    if indexed:
        assert search.index_some() == 4
        assert search.index_some() == 0
    assert found(text) == [jobs[name] for name in QUESTIONS[text]]


def test_a_job_is_found_by_the_beginning_of_its_id(jobs: dict[str, str]) -> None:
    assert found(jobs["cafe"]) == [jobs["cafe"]]
    assert set(found(jobs["cafe"][:8])) == set(jobs.values())


def test_the_words_go_with_the_other_filters(jobs: dict[str, str]) -> None:
    assert found("port", status=JobStatus.FAILED) == [jobs["pump"]]
    assert views.matching(JobQuery(text="port")) == 2


@given(message=st.text(WITHOUT_NUL, max_size=60), n=st.integers(0, 99))
@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_any_text_is_found_by_any_of_its_words_however_it_is_written(
    message: str, n: int, store: Path
) -> None:
    job_id = debug(message)
    words = search.words_of(message)
    for _ in range(2):
        search.jobs_with(message)
        if words:
            assert job_id in search.jobs_with(words[n % len(words)])
        search.keep_up()


def test_what_a_search_would_miss_is_known(
    jobs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "NEWEST", 2)
    assert search.not_searched() == 1
    assert found("bilge") == []
    search.keep_up()
    assert search.not_searched() == 0
    assert found("bilge") == [jobs["pump"]]


@pytest.mark.aboard
def test_a_copy_made_by_vacuum_is_searched_as_well(jobs: dict[str, str], store: Path) -> None:
    search.keep_up()
    ledger.execute_sql("VACUUM")
    assert found("bilge") == [jobs["pump"]]
    assert found("no space") == [jobs["pump"]]
