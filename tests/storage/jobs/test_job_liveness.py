"""Who is alive, and how they hear of work: kernel locks and doorbells."""

import os
import select
import signal
from pathlib import Path

from storage import database
from storage.audit.actor import SYSTEM
from storage.jobs import actions, doorbell, liveness, views
from tests.worker.waiting import wait_until


def test_a_worker_lives_exactly_as_long_as_its_process(store: Path) -> None:
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        liveness.take_lock("other")
        os.write(tell, b"1")
        signal.pause()
    os.read(told, 1)
    assert liveness.is_alive("other")
    assert liveness.process_of("other") == pid
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    wait_until(lambda: not liveness.is_alive("other"))
    for handle in (told, tell):
        os.close(handle)


def test_looking_at_a_lock_from_two_places_keeps_it_free(store: Path) -> None:
    handle = liveness.take_lock("gone")
    handle.close()
    assert not any(liveness.is_alive("gone") for _ in range(3))


def test_the_bell_rings_after_the_commit_and_never_before(store: Path) -> None:
    with doorbell.hang("listener") as bell:
        with database.transaction():
            actions.submit(SYSTEM, "debug", {})
            assert not select.select([bell], [], [], 0)[0]
        assert select.select([bell], [], [], 0)[0]


def test_a_bell_can_hang_in_a_home_with_a_very_long_name(tmp_path: Path) -> None:
    home = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 8)
    database.create(home)
    try:
        handle = liveness.take_lock("listener")
        with doorbell.hang("listener") as bell:
            doorbell.ring()
            assert select.select([bell], [], [], 5)[0]
            doorbell.quieten(bell)
            assert not select.select([bell], [], [], 0)[0]
        handle.close()
    finally:
        database.close()


def test_ringing_where_nobody_listens_is_no_error(store: Path) -> None:
    doorbell.ring()
    doorbell.hang("left").close()
    doorbell.ring()


def test_dead_workers_are_noted_and_their_files_removed(store: Path) -> None:
    handle = liveness.take_lock("short")
    actions.register_worker("short", "pool")
    doorbell.hang("short").close()
    assert actions.bury_dead_workers() == []
    handle.close()
    assert actions.bury_dead_workers() == ["short"]
    assert list(liveness.workers_folder().iterdir()) == []
    assert views.workers() == []
