"""The note of the watch: one file of one size, and a lock that any death frees."""

import os
import signal
from pathlib import Path

import pytest

from storage.alerts.watching import FILE_NAME, SIZE, read_note, take_watch, write_note
from tests.clock import START, ShipClock
from tests.worker.waiting import wait_until


def test_a_note_never_grows_whatever_it_says(store: Path, clock: ShipClock) -> None:
    watch = take_watch()
    assert watch is not None
    for why in (None, "The disk is full.", "\N{ANCHOR}\N{SHIP}\x00" * 5_000):
        write_note(START, why)
        assert (store / FILE_NAME).stat().st_size == SIZE
        note = read_note()
        assert (note.held, note.looked_at) == (True, START)
        assert (note.unwritable or "") == (why or "")[:300]
    watch.close()
    assert not read_note().held


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"looked_at": 7}', b"\xff" * 40])
def test_a_note_that_cannot_be_read_says_nothing(store: Path, content: bytes) -> None:
    (store / FILE_NAME).write_bytes(content)
    note = read_note()
    assert (note.held, note.looked_at, note.unwritable) == (False, None, None)


def test_a_watch_that_is_killed_is_free_for_the_next(store: Path) -> None:
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        take_watch()
        os.write(tell, b"1")
        signal.pause()
    os.read(told, 1)
    assert take_watch() is None
    assert read_note().held
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    wait_until(lambda: (watch := take_watch()) is not None and watch.close() is None)
    for each in (told, tell):
        os.close(each)
