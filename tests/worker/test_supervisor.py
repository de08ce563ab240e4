"""A job's child under its supervisor: whatever the handler does, the ending is stated."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage import database
from storage.errors import WrongState
from storage.jobs.endings import Failure
from storage.jobs.states import Reason
from tests.worker.waiting import wait_until
from worker import supervisor
from worker.forked import Nest
from worker.handler import Reporter
from worker.outcome import Outcome, Produced, Stopped
from worker.supervisor import Supervisor
from worker.telling import LINES_KEPT, Telling

Perform = Callable[[Any, Reporter], Any]


@pytest.fixture(autouse=True)
def _short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "GRACE_S", 0.2)
    monkeypatch.setattr(supervisor, "TICK_S", 0.05)


def run(
    perform: Perform,
    given: Any = None,
    *,
    timeout_s: float = 20.0,
    telling: Telling | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    return Supervisor(timeout_s, telling or Telling(), stop).run((perform, given), Nest())


def failure(outcome: Outcome) -> Failure:
    assert isinstance(outcome, Failure)
    return outcome


def test_what_it_returns_comes_back() -> None:
    assert run(lambda given, report: given * 2, [1, "ß"]) == Produced([1, "ß", 1, "ß"])


def test_a_large_output_comes_back_whole() -> None:
    outcome = run(lambda given, report: b"x" * given, 20_000_000)
    assert isinstance(outcome, Produced)
    assert len(outcome.output) == 20_000_000


def test_what_it_raises_is_kept_verbatim() -> None:
    def perform(given: Any, report: Reporter) -> None:
        raise ValueError("pump <No 2> \x1b[31m")

    found = failure(run(perform))
    assert (found.reason, found.error_type) == (Reason.ERROR, "ValueError")
    assert found.message == "pump <No 2> \x1b[31m"
    assert 'raise ValueError("pump' in found.traceback


def test_a_rule_that_says_no_is_a_refusal() -> None:
    def perform(given: Any, report: Reporter) -> None:
        raise WrongState(why="The draft is accepted.")

    assert failure(run(perform)).reason == Reason.REFUSED


def hang(given: Any, report: Reporter) -> None:
    time.sleep(600)


def swallow(given: Any, report: Reporter) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        try:
            time.sleep(600)
        except BaseException:
            continue


def block_in_c(given: Any, report: Reporter) -> None:
    ctypes.PyDLL(None).sleep(600)  # a C call that holds the interpreter's lock


def spin(given: Any, report: Reporter) -> None:
    while True:
        pass


@pytest.mark.parametrize("perform", [hang, swallow, block_in_c, spin])
def test_a_time_out_really_stops_it(perform: Perform) -> None:
    found = failure(run(perform, timeout_s=0.2))
    assert found.reason == Reason.TIMED_OUT
    assert "longer than 0.2 s" in found.message


def test_a_stop_really_stops_it() -> None:
    assert run(swallow, stop=lambda: True) == Stopped()


def test_leaving_hard_is_stated() -> None:
    found = failure(run(lambda given, report: os._exit(7)))
    assert (found.reason, found.message) == (
        Reason.CRASHED, "Its process left with exit code 7 and no result.",
    )  # fmt: skip


def test_death_by_signal_is_stated() -> None:
    found = failure(run(lambda given, report: os.kill(os.getpid(), signal.SIGSEGV)))
    assert found.reason == Reason.CRASHED
    assert "SIGSEGV" in found.message


def test_exhausting_memory_is_stated() -> None:
    def perform(given: Any, report: Reporter) -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
        bytearray(1 << 40)

    assert failure(run(perform)).error_type == "MemoryError"


def test_a_handler_that_forks_gives_one_result_and_leaves_no_process(tmp_path: Path) -> None:
    def perform(given: Any, report: Reporter) -> str:
        for _ in range(3):
            if os.fork() == 0:
                (tmp_path / str(os.getpid())).touch()
                if os.fork() == 0:
                    time.sleep(600)
                return "from a grandchild"
        while len(list(tmp_path.iterdir())) < 3:
            time.sleep(0.01)
        return "from the child"

    assert run(perform) == Produced("from the child")
    for path in tmp_path.iterdir():
        wait_until(lambda: not _runs(int(path.name)))  # noqa: B023


def test_what_it_prints_is_kept_in_part_and_never_blocks_it() -> None:
    telling = Telling()

    def perform(given: Any, report: Reporter) -> str:
        for _ in range(200):
            print("spam " * 5000)
        subprocess.run([sys.executable, "-c", "print('from a subprocess')"], check=True)
        return "done"

    assert run(perform, telling=telling) == Produced("done")
    (line,) = telling.lines
    assert line.event == "printed"
    assert "printed 50" in line.message
    assert len(line.message) < 5_000


def test_printing_without_end_is_stopped_at_the_time_out() -> None:
    def perform(given: Any, report: Reporter) -> None:
        while True:
            print("x" * 100_000)

    assert failure(run(perform, timeout_s=0.3)).reason == Reason.TIMED_OUT


def test_an_output_that_cannot_cross_is_an_error() -> None:
    assert failure(run(lambda given, report: threading.Lock())).error_type == "TypeError"


def test_what_it_tells_arrives_in_order() -> None:
    telling = Telling()

    def perform(given: Any, report: Reporter) -> None:
        report.phase("rank", 1, 10, "entries")
        report.count(entities_read=3, tried=1)
        report.count(entities_read=4)
        report.issue("an entry has no domain", entry="e1")
        report.phase("store", 10, 10, "entries")

    run(perform, telling=telling)
    assert telling.progress is not None
    assert (telling.progress.phase, telling.progress.percent) == ("store", 100)
    assert telling.progress.counters == {"entities_read": 7, "tried": 1}
    assert telling.issues == 1
    assert telling.metrics(12).entities_read == 7
    assert telling.lines[0].context == {"entry": "e1"}


def test_a_talkative_handler_is_cut_short() -> None:
    telling = Telling()

    def perform(given: Any, report: Reporter) -> None:
        for n in range(LINES_KEPT + 500):
            report.log(f"line {n}")

    run(perform, telling=telling)
    assert len(telling.lines) == LINES_KEPT + 1
    assert telling.lines[-1].event == "cut"


def test_the_child_has_no_store(tmp_path: Path) -> None:
    database.create(tmp_path / "home")
    try:
        open_files = run(lambda given, report: sorted(Path("/proc/self/fd").iterdir()))
        assert isinstance(open_files, Produced)
        assert [int(handle.name) for handle in open_files.output][:5] == [0, 1, 2, 3, 4]
        assert len(open_files.output) == 6  # the sixth is the listing itself
    finally:
        database.close()


def test_interrupting_the_supervisor_leaves_no_child(tmp_path: Path) -> None:
    mark = tmp_path / "pid"

    def perform(given: Any, report: Reporter) -> None:
        mark.write_text(str(os.getpid()))
        time.sleep(600)

    def interrupt() -> bool:
        if mark.exists() and mark.read_text():
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        run(perform, stop=interrupt)
    wait_until(lambda: not _runs(int(mark.read_text())))


def _runs(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
