"""What the console knows without a screen: windows, toasts, local drafts."""

import stat
from pathlib import Path

import pytest

from console.drawing.glyphs import duration, one_line
from console.local_drafts import LocalDraft, kept_at_last
from console.snapshots.bridge import take_bridge
from console.toasts import toasts_between
from console.windows import PAGE, SIZE, Window
from storage.jobs.actions import fail
from storage.jobs.endings import Account, Failure
from tests.console.app.jobs import a_queued_job, a_running_job, a_worker


def test_a_window_moves_by_a_page_and_back_and_never_past_the_end() -> None:
    first: Window[int] = Window()
    second = first.older(range(SIZE))
    assert second.start == PAGE - 1
    assert second.older(range(SIZE - 1)) == second
    assert second.newer() == first
    assert first.newer() == first


def test_a_toast_comes_once_for_each_job_and_state(store: Path) -> None:
    with a_worker():
        waiting = take_bridge(frozenset({a_queued_job()}))
        assert toasts_between(None, waiting) == []
        job = a_running_job("debug")
        running = take_bridge(frozenset({job.job_id}))
        fail(job, Failure("error", "RuntimeError", "dry pump"), Account())
    failed = take_bridge(frozenset({job.job_id}))
    assert [(t.sentence, t.seconds, t.is_last) for t in toasts_between(waiting, running)] == [
        ("Debug started", 3, False)
    ]
    assert [(t.sentence, t.seconds, t.is_last) for t in toasts_between(running, failed)] == [
        ("Debug failed: dry pump", 8, True)
    ]
    assert toasts_between(failed, failed) == []


def test_half_written_text_is_for_its_owner_only(tmp_path: Path) -> None:
    kept = LocalDraft(tmp_path, "capture")
    kept.keep("Steering on pump No 1")
    assert kept.text() == "Steering on pump No 1"
    (path,) = (tmp_path / "drafts-in-progress").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    kept.keep("  ")
    assert kept.text() == ""


def test_text_that_was_saved_does_not_come_back_because_it_was_kept_late(tmp_path: Path) -> None:
    kept = LocalDraft(tmp_path, "capture")
    kept.keep("Steering on pump No 1")
    kept.finish()
    kept.keep("Steering on pump No 1")
    assert LocalDraft(tmp_path, "capture").text() == ""


def test_text_that_the_disk_refuses_is_kept_while_the_program_runs(tmp_path: Path) -> None:
    in_the_way = tmp_path / "drafts-in-progress"
    in_the_way.write_text("in the way")
    assert not LocalDraft(tmp_path, "capture").keep("Steering on pump No 1")
    assert LocalDraft(tmp_path, "capture").text() == "Steering on pump No 1"
    assert not kept_at_last()
    in_the_way.unlink()
    assert kept_at_last()
    assert (in_the_way / "capture.txt").read_text() == "Steering on pump No 1"


def test_text_that_the_disk_refuses_does_not_come_back_once_it_was_saved(tmp_path: Path) -> None:
    (tmp_path / "drafts-in-progress").write_text("in the way")
    kept = LocalDraft(tmp_path, "capture")
    kept.keep("Steering on pump No 1")
    kept.finish()
    assert LocalDraft(tmp_path, "capture").text() == ""


def test_a_line_of_a_list_shows_what_would_act_or_hide() -> None:
    assert one_line("a\x1b[2Jb\nc\u202ed").plain == "a<U+001B>[2Jb ⏎ c<U+202E>d"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.42, "0.4 s"), (12.9, "12 s"), (185, "3 min 05 s"), (7640, "2 h 07 min")],
)
def test_a_duration_is_as_exact_as_it_matters(seconds: float, words: str) -> None:
    assert duration(seconds) == words
