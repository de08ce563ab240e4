"""Light jobs claimed together: one commit, and every promise as for one alone."""

import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.jobs import actions, views
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import ClaimedJob
from storage.jobs.states import JobStatus
from storage.schema import Meta
from tests.worker.conftest import StartPool
from tests.worker.test_runner import handler
from tests.worker.waiting import wait_until
from worker import batch, supervisor
from worker.handler import Reporter
from worker.handlers import debug
from worker.runner import STOPPED_AT_ONCE, Runner
from worker.station import Station

DONE = ("completed", "completed", 1, 0)
BACK = ("queued", "requeued", 1, 0)
SIZE = KINDS[JobKind.DEBUG].batch


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine parts no batch unless the test wants it."""
    monkeypatch.setattr(batch, "PATIENCE_S", 600)


def submitted(n: int, **terms: Any) -> list[str]:
    return [actions.submit(SYSTEM, "debug", {"message": f"{i}"}, **terms).job_id for i in range(n)]


def runner(station: Station, doing: Any = debug, *, goes_on: bool = True) -> Runner:
    return Runner(station, {JobKind.DEBUG: doing}, lambda: goes_on)


def told(jobs: Sequence[str]) -> list[tuple[str, str, int, int]]:
    """(status, reason, attempts, automatic retries used) of each."""
    rows = map(views.find_job, jobs)
    return [(row.status.value, row.status_reason, row.attempt, row.requeues) for row in rows]


def reasons(job_id: str) -> list[str | None]:
    return [attempt.reason for attempt in views.show_job(job_id).attempts]


def test_a_batch_is_what_single_claims_would_have_led_to(station: Station) -> None:
    low, usual = submitted(2, priority=1), submitted(SIZE + 1)
    taken = [job.job_id for job in actions.claim(station.worker_id)]
    assert taken == usual[:SIZE]
    rest = [[job.job_id for job in actions.claim(station.worker_id)] for _ in range(3)]
    assert rest == [usual[SIZE:], low, []]


def test_a_batch_never_passes_a_job_that_is_not_light(station: Station) -> None:
    first = submitted(2)
    sleeps = [actions.submit(SYSTEM, "sleep", {"seconds": 0}).job_id for _ in range(2)]
    last = submitted(2)
    taken = [[job.job_id for job in actions.claim(station.worker_id)] for _ in range(4)]
    assert taken == [first, sleeps[:1], sleeps[1:], last]


def test_a_batch_never_passes_the_head_of_another_queue(station: Station) -> None:
    first = submitted(2)
    arguments = {"draft_id": "d", "type": "pdf", "exporter_id": "p"}
    export = actions.submit(SYSTEM, "export_prepare", arguments, subject="d").job_id
    last = submitted(2)
    taken = [[job.job_id for job in actions.claim(station.worker_id)] for _ in range(3)]
    assert taken == [first, [export], last]


def test_a_batch_keeps_the_limit_of_its_queue(station: Station) -> None:
    actions.set_limit(SYSTEM, Queue.DIAGNOSTICS, 3)
    submitted(SIZE)
    assert len(actions.claim(station.worker_id)) == 3
    assert actions.claim(station.worker_id) == []


def test_every_job_of_a_batch_has_its_own_attempt_result_and_events(station: Station) -> None:
    jobs = submitted(SIZE + 3)
    runner(station).run_chain(actions.claim(station.worker_id))
    for n, job_id in enumerate(jobs):
        detail = views.show_job(job_id)
        assert detail.result == {"echo": f"{n}"}
        assert [line.event for line in detail.log] == ["start", "summary"]
        assert len(detail.attempts) == 1
        assert _events(job_id) == ["job.submitted", "job.started", "job.completed"]
    assert told(jobs) == [DONE] * len(jobs)
    assert verify().ok


def test_one_that_fails_in_a_batch_fails_alone(station: Station) -> None:
    jobs = submitted(4)
    failing = handler(perform=_fails_on_2)
    runner(station, failing).run_chain(actions.claim(station.worker_id))
    assert told(jobs) == [DONE, DONE, ("failed", "error", 1, 0), DONE]


def test_one_that_kills_its_process_fails_alone(station: Station) -> None:
    jobs = submitted(4)
    runner(station, handler(perform=_dies_on_2)).run_chain(actions.claim(station.worker_id))
    assert told(jobs) == [DONE, DONE, ("failed", "crashed", 1, 0), DONE]


def test_one_that_cannot_be_settled_fails_alone_and_writes_nothing(station: Station) -> None:
    jobs = submitted(4)
    refused = handler(settle=_writes_on_2)
    runner(station, refused).run_chain(actions.claim(station.worker_id))
    assert told(jobs) == [DONE, DONE, ("failed", "poisoned:access_violation", 1, 0), DONE]
    assert Meta.get_or_none(Meta.name == "effect") is None


def test_one_that_was_given_up_meanwhile_is_refused_alone(station: Station) -> None:
    """I3 within a batch."""
    jobs = submitted(3)
    taken = actions.claim(station.worker_id)
    actions.give_up(SYSTEM, taken[1].job_id, taken[1].attempt_id, "thought dead")
    runner(station).run(taken[:2])
    assert [status for status, *_ in told(jobs)] == ["completed", "queued", "running"]
    assert _refusals(jobs[1]) == 1


def test_those_behind_a_long_one_go_back_and_cost_nothing(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, long = submitted(4), handler(perform=partial(_first_waits_for, tmp_path / "go"))
    _let_go_when(monkeypatch, station, tmp_path / "go", lambda: told(jobs)[3] == BACK)
    runner(station, long).run(actions.claim(station.worker_id), then_take=True)
    assert told(jobs) == [DONE, BACK, BACK, BACK]
    assert reasons(jobs[2]) == ["not_begun"]
    runner(station).run_chain(actions.claim(station.worker_id))
    assert told(jobs)[1:] == [("completed", "completed", 2, 0)] * 3
    assert verify().ok


def test_a_worker_told_to_stop_hands_back_what_has_not_begun(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, long = submitted(SIZE), handler(perform=partial(_second_waits_for, tmp_path / "go"))
    _let_go_when(monkeypatch, station, tmp_path / "go", lambda: told(jobs)[0] == DONE)
    runner(station, long, goes_on=False).run(actions.claim(station.worker_id), then_take=True)
    found = told(jobs)
    begun = found.count(DONE)
    assert found == [DONE] * begun + [BACK] * (SIZE - begun)
    assert begun in (1, 2)


def test_one_that_was_cancelled_before_its_turn_is_cancelled_when_it_goes_back(
    station: Station,
) -> None:
    jobs = submitted(2)
    taken = actions.claim(station.worker_id)
    assert actions.cancel(SYSTEM, jobs[1]) == "requested"
    assert actions.hand_back(SYSTEM, jobs[1], taken[1].attempt_id)
    assert told(jobs)[1] == ("cancelled", "cancelled_by_operator", 1, 0)
    assert not actions.hand_back(SYSTEM, jobs[1], taken[1].attempt_id)


def test_stopping_at_once_settles_what_has_ended_and_gives_the_rest_back(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = submitted(3)
    run, calls = supervisor.Supervisor.run, []

    def interrupted(self: Any, *given: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return run(self, given[0], given[1], may_share=True)  # nothing is given ahead

    monkeypatch.setattr(supervisor.Supervisor, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        runner(station).run(actions.claim(station.worker_id))
    assert told(jobs) == [DONE, ("queued", "requeued", 1, 1), BACK]
    assert views.show_job(jobs[1]).attempts[0].error_message == STOPPED_AT_ONCE


def test_a_killed_worker_loses_none_of_its_batch(store: Path, start_pool: StartPool) -> None:
    actions.pause(SYSTEM)
    jobs = submitted(400)
    start_pool("--workers", "1")
    wait_until(lambda: len(views.workers()) == 1)
    actions.resume(SYSTEM)
    wait_until(lambda: views.find_job(jobs[40]).status is JobStatus.COMPLETED)
    os.kill(views.workers()[0].pid, signal.SIGKILL)
    wait_until(lambda: {views.find_job(j).status for j in jobs} == {JobStatus.COMPLETED})
    assert all(reasons(job_id).count("completed") == 1 for job_id in jobs)
    assert verify().ok


def test_only_light_kinds_may_batch() -> None:
    for kind, spec in KINDS.items():
        light = spec.shares_child and spec.idempotent and not spec.lock
        assert spec.batch == 1 or light, kind


def _fails_on_2(given: str, report: Reporter) -> str:
    if given == "2":
        raise ValueError("boom")
    return given


def _dies_on_2(given: str, report: Reporter) -> str:
    if given == "2":
        os._exit(7)
    return given


def _first_waits_for(path: Path, given: str, report: Reporter) -> str:
    if given == "0":
        wait_until(path.exists)
    return given


def _second_waits_for(path: Path, given: str, report: Reporter) -> str:
    if given == "1":
        wait_until(path.exists)
    return given


def _let_go_when(
    monkeypatch: pytest.MonkeyPatch, station: Station, path: Path, ready: Callable[[], bool]
) -> None:
    """At every tick of the worker: let the body go on as soon as the store says so."""
    monkeypatch.setattr(supervisor, "TICK_S", 0.02)
    monkeypatch.setattr(station, "beat_if_due", lambda: path.touch() if ready() else None)


def _writes_on_2(job: ClaimedJob, output: str) -> dict[str, Any]:
    if output == "2":
        Meta.create(name="effect", text="past the verbs")
    return {"echo": output}


def _events(job_id: str) -> list[str]:
    rows = ledger.execute_sql(
        "SELECT action FROM audit_event WHERE subject_id = ? ORDER BY seq", (job_id,)
    )
    return [action for (action,) in rows.fetchall()]


def _refusals(job_id: str) -> int:
    rows = ledger.execute_sql(
        "SELECT count(*) FROM audit_event WHERE subject_id = ? AND outcome = 'refused'", (job_id,)
    )
    return int(rows.fetchone()[0])
