"""Dispatch: all of a manifest in one transaction, once, and exactly what was checked."""

from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM
from storage.audit.views import AuditQuery, list_events, verify
from storage.database import transaction
from storage.engine import ledger
from storage.errors import BadInput, BadLines, WrongState
from storage.jobs.actions import submit
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobQuery, Origin
from storage.jobs.states import GroupState, JobStatus
from storage.jobs.views import list_jobs, show_job
from storage.manifests.actions import cancel, dispatch
from storage.manifests.files import path_of
from storage.manifests.states import OrderState, OrderView
from storage.manifests.views import entries_of, list_orders, show_order, tally_of
from tests.builders import a_second_officer
from tests.storage.manifests.orders import a_line, a_manifest, dispatched, lines, planned

pytestmark = pytest.mark.usefixtures("store")


def links() -> int:
    return int(ledger.execute_sql("SELECT count(*) FROM manifest_link").fetchone()[0])


def test_every_entry_becomes_a_job_of_one_closed_group() -> None:
    officer = a_second_officer().actor
    sent = dispatch(officer, a_manifest(*lines(3)))
    order = show_order(sent.order_id or "")
    assert (sent.outcome, sent.sent, order.round, links()) == ("dispatched", 3, 1, 3)
    assert order.group is not None
    assert (order.group.total, order.group.state) == (3, GroupState.OPEN)
    assert order.group.sealed_at is not None
    assert (order.state, order.view) == (OrderState.DISPATCHED, OrderView.RUNNING)
    jobs = list_jobs(JobQuery(group=sent.group_id))
    assert {job.origin for job in jobs} == {Origin.GROUP}
    assert {job.trace_id for job in jobs} == {order.trace_id}
    assert {job.requested_by_name for job in jobs} == {officer.name}


def test_every_line_knows_its_job() -> None:
    sent = dispatched(3)
    for line in entries_of(sent.order_id or ""):
        job = show_job(line.job_id or "")
        assert job.arguments == {"message": line.entry_id}
        assert job.idempotency_key == f"manifest:{sent.sha256}:{line.line}:1"


def test_a_file_from_elsewhere_is_copied_among_the_manifests(store: Path) -> None:
    source = a_manifest(*lines(2), name="Night orders 7.jsonl")
    sent = dispatch(SYSTEM, source)
    assert sent.name == "night_orders_7_01.jsonl"
    copy = store / "manifests" / sent.name
    assert copy.read_bytes() == source.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert show_order(str(source)).order_id == show_order(sent.name).order_id == sent.order_id


def test_the_same_manifest_twice_sends_nothing_new_and_says_so() -> None:
    first = dispatch(SYSTEM, a_manifest(*lines(2)))
    for again in (
        dispatch(SYSTEM, a_manifest(*lines(2))),
        dispatch(SYSTEM, a_manifest(*lines(2), name="renamed.jsonl")),
        dispatch(SYSTEM, path_of(first.name)),
    ):
        assert (again.outcome, again.sent, again.order_id) == (
            "already_dispatched", 0, first.order_id,
        )  # fmt: skip
    assert (len(list_jobs()), len(list_orders())) == (2, 1)


def test_nothing_is_sent_unless_all_lines_are_good() -> None:
    path = a_manifest(a_line("a"), a_line("b", "launch"), "{")
    with pytest.raises(BadLines, match="2 of 3 lines") as refusal:
        dispatch(SYSTEM, path)
    told = [(bad["line"], bad["code"]) for bad in refusal.value.facts["rejected"]]
    assert told == [(2, "unknown_task"), (3, "not_json")]
    assert list_jobs() == [] and list_orders() == []


def test_with_keep_going_the_bad_lines_are_left_out_and_told() -> None:
    sent = dispatch(SYSTEM, a_manifest(a_line("a"), "{", a_line("b")), keep_going=True)
    assert (sent.sent, sent.bad, [bad.line for bad in sent.rejected]) == (2, 1, [2])
    order = show_order(sent.name)
    assert (order.lines, order.entries) == (3, 2)
    assert [line.line for line in entries_of(order.order_id) if line.problem] == [2]


def test_a_manifest_without_a_good_line_is_refused() -> None:
    for content in (("",), ("{",)):
        with pytest.raises(BadInput, match="no entry"):
            dispatch(SYSTEM, a_manifest(*content), keep_going=True)


def test_i18_a_dry_run_writes_only_its_record(store: Path) -> None:
    before = sorted(store.rglob("*.jsonl"))
    tried = dispatch(SYSTEM, a_manifest(*lines(2)), dry_run=True)
    assert (tried.outcome, tried.entries, tried.sent) == ("dry_run", 2, 0)
    assert list_jobs() == [] and list_orders() == []
    assert sorted(store.rglob("*.jsonl")) == before
    (event,) = list_events(AuditQuery(action="order.dispatched"))
    assert event.outcome == "dry_run"


def test_a_planned_manifest_that_was_changed_is_not_sent() -> None:
    order = show_order(planned(*lines(2)))
    with order.path.open("a") as file:
        file.write("\n")
    with pytest.raises(WrongState, match="not what was planned"):
        dispatch(SYSTEM, order.path)
    assert list_jobs() == []


def test_what_was_dispatched_and_then_changed_is_told_and_nothing_is_sent() -> None:
    sent = dispatched(2)
    path_of(sent.name).write_text("{}\n")
    with pytest.raises(WrongState, match="not what was dispatched"):
        dispatch(SYSTEM, path_of(sent.name))
    assert len(list_jobs()) == 2


def test_a_power_cut_on_the_way_leaves_nothing() -> None:
    order = show_order(planned(*lines(3)))
    with pytest.raises(RuntimeError, match="power cut"), transaction():
        dispatch(SYSTEM, order.path)
        assert links() == 3
        raise RuntimeError("power cut")
    assert list_jobs() == [] and links() == 0
    assert dispatch(SYSTEM, order.path).sent == 3


def test_priorities_and_subjects_are_the_entries_own() -> None:
    draft = {"draft_id": "d1"}
    sent = dispatch(SYSTEM, a_manifest(
        a_line("a", priority=4), a_line("b"), a_line("c", "draft_print", kwargs=draft),
    ))  # fmt: skip
    jobs = {line.entry_id: show_job(line.job_id or "") for line in entries_of(sent.order_id or "")}
    assert {id: job.priority for id, job in jobs.items()} == {"a": 4, "b": 3, "c": 3}
    assert (jobs["c"].subject, jobs["c"].vessel_id is None) == ("d1", False)
    assert jobs["a"].vessel_id is None


def test_work_that_waits_already_is_joined_and_not_doubled() -> None:
    waiting = submit(SYSTEM, JobKind.DRAFT_PRINT, {"draft_id": "d1"}, subject="d1").job_id
    line = a_line("a", "draft_print", kwargs={"draft_id": "d1"})
    sent = dispatch(SYSTEM, a_manifest(line))
    (entry,) = entries_of(sent.order_id or "")
    assert (sent.sent, entry.job_id) == (0, waiting)
    assert tally_of(sent.order_id or "").pending == 1


def test_a_withdrawn_order_is_never_sent() -> None:
    order = show_order(planned(*lines(2)))
    assert cancel(SYSTEM, order.order_id) == ("withdrawn", 0)
    with pytest.raises(WrongState, match="withdrawn"):
        dispatch(SYSTEM, order.path)
    with pytest.raises(WrongState, match="withdrawn"):
        cancel(SYSTEM, order.order_id)
    assert show_order(order.order_id).view is OrderView.WITHDRAWN


def test_jobs_of_a_dry_run_ship_are_recorded_and_do_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JOB_DRY_RUN", "1")
    dispatched(2)
    assert {(job.status, job.status_reason) for job in list_jobs()} == {
        (JobStatus.COMPLETED, "dry_run")
    }


def test_each_job_sent_is_an_event_and_the_chain_holds() -> None:
    dispatched(600)  # more than one part of the bulk
    events = list_events(AuditQuery(action="job.submitted"), limit=1000)
    assert len(events) == len(list_jobs(limit=1000)) == 600
    assert verify().ok
