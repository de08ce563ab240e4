"""Work on every core: the shares put together are the whole, and no process is left over."""

import os
import signal
from pathlib import Path

import pytest

from storage.errors import Failed
from tests.worker.pipeline.conftest import given, silent
from worker.cores import on_every_core
from worker.pipeline.draft import draft
from worker.pipeline.shares import for_each, undivided


def children() -> str:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text()


@pytest.fixture(autouse=True)
def on_two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has: two shares, so that there is always another process."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})


def test_every_item_is_worked_on_once_and_stands_in_its_place() -> None:
    assert for_each(range(1_001), str, on_every_core) == [str(n) for n in range(1_001)]


def test_the_shares_are_done_in_processes_of_their_own_and_none_is_left() -> None:
    before = children()
    ids = on_every_core(lambda share, of: (os.getpid(), share, of))
    assert [(share, of) for _, share, of in ids] == [(0, 2), (1, 2)]
    assert ids[0][0] == os.getpid() != ids[1][0]
    assert children() == before


def test_what_one_share_raises_is_raised_and_no_process_is_left() -> None:
    before = children()
    with pytest.raises(ZeroDivisionError):
        on_every_core(lambda share, of: 1 / (1 - share))
    with pytest.raises(ZeroDivisionError):
        on_every_core(lambda share, of: 1 / share)
    assert children() == before


def test_a_share_whose_process_is_killed_fails_the_work_in_one_sentence() -> None:
    def work(share: int, of: int) -> None:
        if share:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(Failed, match="ended"):
        on_every_core(work)


def test_a_result_larger_than_a_pipe_comes_through_whole() -> None:
    assert on_every_core(lambda share, of: b"x" * 1_000_000) == [b"x" * 1_000_000] * 2


def test_a_draft_is_the_same_byte_for_byte_on_one_core_and_on_two_i6() -> None:
    pumps = [(float(n), f"Pump {n % 7} leaks at the seal, {n} drops a minute") for n in range(60)]
    tanks = [(float(n), f"Tank {n % 5} sounded at {40 + n} cm. Port side dry.") for n in range(60)]
    repaired = [(70.0, "Pump 3 seal replaced"), (71.0, "Tank 2 at 12 cm"), (72.0, "Tank 2 full")]
    one = given(*pumps, *tanks, *repaired)
    alone = draft(one, silent, undivided)
    assert alone.proposals
    assert draft(one, silent, on_every_core).model_dump_json() == alone.model_dump_json()
