"""A line typed above the jobs finds the jobs it says, and no others."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from storage.audit.actor import SYSTEM, Actor
from storage.database import transaction
from storage.engine import ledger
from storage.errors import BadInput
from storage.filtering import parse
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.filters import FIELDS, kept_count, read_filter
from storage.jobs.record import ClaimedJob, JobQuery
from storage.jobs.states import JobStatus, JobView, Reason, job_view
from tests.filters import some_filter

Claim = Callable[[], ClaimedJob]


@pytest.fixture
def jobs(store: Path, operator: Actor, claim: Claim) -> list[str]:
    """Five jobs: failed, completed, cancelled, queued with more priority, one of a group."""
    made = [actions.submit(operator, "debug", {"message": f"bilge {n}"}).job_id for n in (0, 1, 2)]
    actions.fail(claim(), Failure(Reason.ERROR, "OSError", "the disk is full"), Account())
    actions.complete(claim(), dict, Account())
    actions.cancel(operator, made[2])
    made.append(actions.submit(SYSTEM, "sleep", {"seconds": 0}, priority=4).job_id)
    _, together = actions.submit_together(SYSTEM, "debug", {"message": "port"}, 1)
    return [*made, together[0].job_id]


def found(jobs: list[str], text: str) -> list[int]:
    """The numbers of the jobs a filter finds; the list, its ids and its count agree."""
    query = JobQuery(where=read_filter(text))
    rows = [row.job_id for row in views.list_jobs(query)]
    assert rows == views.ids_matching(query, 50)
    assert len(rows) == views.matching(query)
    return sorted(jobs.index(job_id) for job_id in rows)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("status:failed", [0]),
        ("status:failed,cancelled", [0, 2]),
        ("-status:queued", [0, 1, 2]),
        ("status:queued kind:sleep", [3]),
        ("view:completed", [1]),
        ("reason:cancelled", [2]),
        ("queue:diagnostics", [0, 1, 2, 3, 4]),
        ("priority>=4", [3]),
        ("attempt:0", [2, 3, 4]),
        ("group:none", [0, 1, 2, 3]),
        ("group!=none", [4]),
        ("-group:none", [4]),
        ("parent:none", [0, 1, 2, 3, 4]),
        ("origin:user", [0, 1, 2, 3, 4]),
        ("by:ada", [0, 1, 2]),
        ("error:disk", [0]),
        ('error:"disk full"', [0]),
        ("error:fire", []),
        ("error:!", []),
        ("bilge", [0, 1, 2]),
        ("bilge -status:failed,completed", [2]),
        ("bilge or kind:sleep", [0, 1, 2, 3]),
        ("since:1h", [0, 1, 2, 3, 4]),
        ("until:1h", []),
        ("finished:1h", [0, 1, 2]),
        ("-finished:1h", [3, 4]),
        ("'; DROP TABLE job", []),
    ],
)
def test_a_filter_finds_what_it_says(jobs: list[str], text: str, numbers: list[int]) -> None:
    assert found(jobs, text) == numbers


def test_a_job_is_found_by_what_it_is_tied_to(jobs: list[str]) -> None:
    one = views.show_job(jobs[4])
    assert found(jobs, f"trace:{one.trace_id}") == [4]
    assert found(jobs, f"group:{one.group_id}") == [4]
    assert found(jobs, f"group!={one.group_id}") == [0, 1, 2, 3]
    assert found(jobs, f"subject:{one.subject or 'x'}") == ([4] if one.subject else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stauts:failed", "did you mean status"),
        ("status:lost", "one of queued, running"),
        ("kind:war", "one of handover_generate"),
        ("priority:high", "priority: is a whole number"),
        ("error>x", "compared with : or != only"),
    ],
)
def test_a_filter_that_cannot_be_used_says_what_there_is(store: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_filter(text)


TERMS = (
    "status:failed", "status:queued,completed", "kind:sleep", "view:completed", "reason:error",
    "queue:export", "priority>=4", "attempt:1", "group:none", "parent:none", "trace:x", "subject:x",
    "origin:system", "by:ada", "error:disk", "since:1h", "until:1h", "finished:1h", "bilge",
)  # fmt: skip


@given(text=some_filter(TERMS))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
def test_a_list_its_count_and_its_opposite_agree(jobs: list[str], text: str) -> None:
    """CONSOLE rule 9: the count is of the filter, and what it leaves out is what `not` finds."""
    assert sorted(found(jobs, text) + found(jobs, f"not ({text})")) == [0, 1, 2, 3, 4]


def test_every_field_is_used_above_and_says_what_it_means() -> None:
    assert all(field.sentence for field in FIELDS.values())
    used = {term.replace(">=", ":").partition(":")[0] for term in TERMS}
    assert FIELDS.keys() <= used


def test_the_nine_views_find_what_they_are_shown_for(jobs: list[str]) -> None:
    """Each job is found by the view it is shown in and by no other, whatever its reason."""
    reasons = [*Reason, "poisoned:arguments"]
    for status, reason in product((JobStatus.FAILED, JobStatus.CANCELLED), reasons):
        with transaction():
            if status is JobStatus.CANCELLED:
                ledger.execute_sql("UPDATE job SET status = ? WHERE job_id = ?", (status, jobs[0]))
            ledger.execute_sql(
                "UPDATE job SET status_reason = ? WHERE job_id = ?", (reason, jobs[0])
            )
        shown = [view for view in JobView if 0 in found(jobs, f"view:{view.value}")]
        assert shown == [job_view(status, reason)]


@pytest.mark.parametrize(
    "text", ["", "status:failed", "-kind:debug", "status:queued or kind:sleep"]
)
def test_what_status_and_kind_say_is_counted_without_looking_at_a_job(
    jobs: list[str], text: str
) -> None:
    assert kept_count(JobQuery(where=parse(text))) == len(found(jobs, text))


def test_any_other_count_ends_where_it_is_told_to(jobs: list[str]) -> None:
    query = JobQuery(where=parse("queue:diagnostics"))
    assert kept_count(query) is None
    assert views.matching(query, at_most=3) == 3
