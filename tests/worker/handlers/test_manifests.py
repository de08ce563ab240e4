"""Planning and verifying by real jobs: what is planned runs, and receipts that lie are found."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from storage.audit.actor import SYSTEM
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobDetail, JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.submission import submit
from storage.jobs.views import list_jobs, show_job
from storage.manifests.actions import dispatch, dispatch_again
from storage.manifests.files import path_of
from storage.manifests.states import Verdict
from storage.manifests.verifying import Count
from storage.manifests.views import findings_of, list_orders, show_order
from storage.vessel.views import the_vessel
from tests.builders import a_second_officer
from tests.storage.manifests.orders import a_line, a_manifest, dispatched, done, failed, lines
from tests.worker.handlers.conftest import drain

DIAGNOSTICS = {"debug", "sleep", "crud", "crud_latency"}


def job_of(kind: JobKind, **arguments: Any) -> JobDetail:
    """Run one job of work orders before all others."""
    job_id = submit(
        a_second_officer().actor, kind, arguments, priority=4, vessel_id=the_vessel().id
    ).job_id
    drain()
    return show_job(job_id)


def planned(**arguments: Any) -> Mapping[str, Any]:
    job = job_of(JobKind.MANIFEST_PLAN, workflow="system_test", **arguments)
    assert job.status is JobStatus.COMPLETED, job.error
    return job.result or {}


def verified(order_id: str) -> Mapping[str, Any]:
    job = job_of(JobKind.MANIFEST_VERIFY, order_id=order_id)
    assert job.status is JobStatus.COMPLETED, job.error
    return job.result or {}


def count_of(result: Mapping[str, Any]) -> Count:
    return Count(**result["entries"])


def whys(result: Mapping[str, Any]) -> dict[int, tuple[Verdict, str]]:
    return {f.line: (f.verdict, f.why) for f in findings_of(result["verdict_id"])}


@pytest.mark.parametrize("mode", ["mixed", *sorted(DIAGNOSTICS)])
def test_what_is_planned_is_sent_runs_and_is_all_in_order(mode: str) -> None:
    plan = planned(mode=mode, count=8)
    assert set(plan["tasks"]) == (DIAGNOSTICS if mode == "mixed" else {mode})
    sent = dispatch(SYSTEM, Path(plan["path"]))
    drain()
    verdict = verified(sent.order_id or "")
    assert verdict["ok"]
    assert (count_of(verdict).total, count_of(verdict).ok) == (8, 8)


def test_a_plan_is_on_record_with_who_wanted_it() -> None:
    plan = planned(count=3)
    order = show_order(plan["name"])
    assert (order.name, order.entries, order.mode) == ("system_test_01.jsonl", 3, "mixed")
    assert order.planned_by_name == a_second_officer().name
    assert (order.sha256, str(order.path)) == (plan["sha256"], plan["path"])
    assert order.plan_job_id is not None
    assert list_jobs(JobQuery(kind=JobKind.DEBUG)) == []


def test_two_plans_of_the_same_are_two_manifests() -> None:
    first, second = planned(count=2), planned(count=2)
    assert [order.name for order in list_orders()] == [
        "system_test_02.jsonl", "system_test_01.jsonl",
    ]  # fmt: skip
    assert first["sha256"] != second["sha256"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"workflow": "launch"}, "no workflow 'launch'"),
        ({"workflow": "system_test", "mode": "fast"}, "its modes are mixed, debug"),
        ({"workflow": "gap_fill", "mode": "fast"}, "it has no modes"),
    ],
)
def test_what_cannot_be_planned_is_said(arguments: dict[str, str], says: str) -> None:
    job = job_of(JobKind.MANIFEST_PLAN, **arguments)
    assert job.status is JobStatus.FAILED
    assert says in (job.error or "")
    assert list_orders() == []


def test_before_its_jobs_have_run_everything_is_pending() -> None:
    order_id = dispatched(3).order_id or ""
    verify = submit(SYSTEM, JobKind.MANIFEST_VERIFY, {"order_id": order_id}, priority=4)
    drain()
    result = show_job(verify.job_id).result or {}
    assert count_of(result) == Count(total=3, pending=3)
    assert not result["ok"]
    assert count_of(verified(order_id)) == Count(total=3, ok=3)


def test_i4_a_receipt_that_lies_is_found_whatever_was_expected() -> None:
    sent = dispatch(SYSTEM, a_manifest(
        a_line("a", meta={"id": "a", "expected_result": {"echo": "a"}}),
        a_line("b"),
        a_line("c", "sleep", kwargs={"seconds": 0.5}),
        a_line("d", "crud", kwargs={"value": "d"}),
        a_line("e", "crud_latency", kwargs={"value": "e", "latency_ms": 50}),
        a_line("f", "sleep", kwargs={"seconds": 0.0}),
    ))  # fmt: skip
    at = "2026-03-01T04:00:00.000000Z"
    steps = ["created", "read", "updated", "verified", "deleted", "confirmed_gone"]
    done({"echo": "x"})
    done({"echo": "y"})
    done({"started": at, "predicted": at, "finished": at})
    done({"lifecycle": steps[:-1], "created": "d", "updated": "d changed"})
    done({"lifecycle": steps, "created": "e", "updated": "e changed", "slept_ms": 3})
    done({"woke": "fine"})
    verdict = verified(sent.order_id or "")
    assert count_of(verdict) == Count(total=6, mismatch=6)
    told = [why for _, why in whys(verdict).values()]
    words = [
        "'a' expected", "gave 'y' back", "was asked", "Its steps were", "waited 3 ms", "not one of",
    ]  # fmt: skip
    assert [word for word, why in zip(words, told, strict=True) if word not in why] == []


def test_what_failed_is_sent_again_and_then_in_order() -> None:
    order_id = dispatched(3).order_id or ""
    done(), failed(), done()
    verdict = verified(order_id)
    assert count_of(verdict) == Count(total=3, ok=2, failed=1)
    assert "no reading" in whys(verdict)[2][1]
    dispatch_again(SYSTEM, order_id)
    drain()
    assert verified(order_id)["ok"]


def test_a_manifest_that_was_changed_after_dispatch_is_told_line_by_line() -> None:
    sent = dispatched(3)
    drain()
    path = path_of(sent.name)
    path.write_bytes(path.read_bytes().replace(b'"message": "e2"', b'"message": "e9"'))
    verdict = verified(sent.order_id or "")
    assert (verdict["ok"], verdict["unchanged"]) == (False, False)
    assert whys(verdict).keys() == {2}
    assert "something else" in whys(verdict)[2][1]


def test_a_blank_at_the_end_is_a_changed_manifest_though_every_entry_is_in_order() -> None:
    sent = dispatched(2)
    drain()
    path = path_of(sent.name)
    path.write_bytes(path.read_bytes() + b"\n")
    verdict = verified(sent.order_id or "")
    assert count_of(verdict).ok == 2
    assert (verdict["ok"], verdict["unchanged"]) == (False, False)


def test_lines_that_came_or_went_after_dispatch_are_told() -> None:
    sent = dispatched(3)
    drain()
    kept = [json.dumps(line) for line in (*lines(2), a_line("new"))]
    path_of(sent.name).write_text("\n".join([*kept[:2], "", kept[2]]) + "\n")
    found = whys(verified(sent.order_id or ""))
    assert {line: verdict for line, (verdict, _) in found.items()} == {
        3: Verdict.MISMATCH, 4: Verdict.MISSING,
    }  # fmt: skip
    assert "not there any more" in found[3][1]


def test_a_bad_line_that_was_left_out_is_missing() -> None:
    sent = dispatch(SYSTEM, a_manifest(a_line("a"), "{"), keep_going=True)
    drain()
    verdict = verified(sent.order_id or "")
    assert count_of(verdict) == Count(total=2, ok=1, missing=1)
    assert "not_json" in whys(verdict)[2][1]


def test_a_manifest_that_is_gone_cannot_be_verified() -> None:
    sent = dispatched(1)
    drain()
    path_of(sent.name).unlink()
    job = job_of(JobKind.MANIFEST_VERIFY, order_id=sent.order_id)
    assert (job.status, job.status_reason) == (JobStatus.FAILED, "refused")
    assert "No such file" in (job.error or "")


def test_what_was_never_sent_cannot_be_verified() -> None:
    job = job_of(JobKind.MANIFEST_VERIFY, order_id=planned(count=1)["order_id"])
    assert "never sent" in (job.error or "")


def test_nothing_is_left_of_the_way_there(store: Path) -> None:
    verified(dispatch(SYSTEM, Path(planned(count=2)["path"])).order_id or "")
    left = [path.name for path in (store / "manifests").iterdir()]
    assert sorted(left) == [".workshop", "system_test_01.jsonl"]
