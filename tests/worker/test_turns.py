"""The note of who has not begun: what a dead worker's batch costs, and whom."""

import os
import signal
from pathlib import Path

import pytest

from storage.jobs import actions, turns
from tests.worker.test_batches import BACK, reasons, submitted, told
from worker.station import Station


def test_a_dead_workers_note_tells_who_had_begun(store: Path) -> None:
    """I2: the rescue charges those that had begun, and gives back the others as they were."""
    jobs = submitted(4)
    tell, told_here = os.pipe()[::-1]
    pid = os.fork()
    if pid == 0:
        _claim_and_begin_two(tell)
    os.read(told_here, 1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert sorted(actions.rescue_lost()) == sorted(jobs)
    charged = ("queued", "requeued", 1, 1)
    assert told(jobs) == [charged, charged, BACK, BACK]
    assert [reasons(job_id) for job_id in jobs] == [
        ["worker_lost"], ["worker_lost"], ["not_begun"], ["not_begun"],
    ]  # fmt: skip
    assert [job.job_id for job in actions.claim("another")] == jobs


def test_after_a_power_cut_everything_claimed_counts_as_begun(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(3)
    actions.claim(station.worker_id)
    assert len(turns.not_begun(station.worker_id)) == 2
    monkeypatch.setattr(turns, "boot_id", lambda: "another boot")
    assert turns.not_begun(station.worker_id) == frozenset()


def test_nobody_begins_after_being_withdrawn(station: Station) -> None:
    submitted(3)
    actions.claim(station.worker_id)
    note = turns.note_of(station.worker_id)
    assert turns.take_turn(note, 1)
    assert len(turns.withdraw(station.worker_id)) == 1
    assert not turns.take_turn(note, 0)


def _claim_and_begin_two(tell: int) -> None:
    """In a process of its own: claim all, begin the first two, and wait to be killed."""
    station = Station("doomed")
    taken = actions.claim(station.worker_id)
    turns.take_turn(turns.note_of(station.worker_id), len(taken) - 2)
    os.write(tell, b"1")
    signal.pause()
