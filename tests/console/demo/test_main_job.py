"""The whole main job on real input, with a real worker; and that it says so when it fails."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from console.demo import main_job
from console.demo.main_job import STEPS, Voyage
from console.demo.report import Report, Step
from console.demo.story import Story, load_story
from storage.canonical import sha256_hex
from storage.taxonomy.roles import OFFICERS

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `demo --check --json` prints, run once."""
    home = tmp_path_factory.mktemp("demo") / "ship"
    words = ["demo", "--check", "--json", "--entries", "20", "--home", str(home)]
    done = subprocess.run(
        [sys.executable, "-m", "console", *words], capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def a_short_story(**changes: Any) -> Story:
    """The story with three of its crew, because keys are slow to make."""
    story = load_story()
    return story.model_copy(update={"crew": story.crew[:3], **changes})


def test_it_prints_exactly_the_promised_fields(told: dict[str, Any]) -> None:
    assert list(told) == ["ok", "steps", "draft_id", "document_hash", "pdf", "signed_dir", "home"]
    assert all(set(step) == {"name", "ok", "ms"} for step in told["steps"])


def test_every_step_was_done_in_order_and_none_skipped(told: dict[str, Any]) -> None:
    assert told["ok"] is True
    assert [step["name"] for step in told["steps"]] == [name for name, _ in STEPS]
    assert all(step["ok"] for step in told["steps"])


def test_the_documents_are_where_it_says_and_carry_the_hash(told: dict[str, Any]) -> None:
    folder = Path(told["signed_dir"])
    assert Path(told["pdf"]).read_bytes().startswith(b"%PDF-")
    assert sha256_hex((folder / "handover.json").read_bytes()) == told["document_hash"]
    assert told["document_hash"] in (folder / "document_hash.txt").read_text()
    assert Path(told["home"]) in folder.parents


def test_all_three_answers_an_edit_and_read_backs_are_in_the_document(told: dict[str, Any]) -> None:
    document = json.loads((Path(told["signed_dir"]) / "handover.json").read_bytes())
    items = [item for section in document["sections"] for item in section["items"]]
    assert {a["answer"] for a in document["merge_answers"]} == {"merge", "keep-both", "progress"}
    assert any(item["edits"] for item in items) and any(item["read_back"] for item in items)
    assert document["conflicts"] and len({s["person_id"] for s in document["signatures"]}) == 2


def test_hostile_text_of_the_story_drives_nothing(told: dict[str, Any]) -> None:
    """I17."""
    page = (Path(told["signed_dir"]) / "handover.html").read_text()
    assert "<img" not in page and "\x1b" not in page
    assert "&lt;img" in page


def test_the_two_officers_are_different_people_who_may_sign(tmp_path: Path) -> None:
    voyage = Voyage(tmp_path, load_story())
    assert voyage.outgoing != voyage.incoming
    assert {voyage.outgoing.role, voyage.incoming.role} <= OFFICERS


def test_a_step_that_finds_nothing_to_do_fails_the_whole_run(home: Path) -> None:
    report = main_job.main_job(Voyage(home, a_short_story(events=())))
    assert not report.ok and report.problem.startswith("ledger events recorded")
    assert [step.ok for step in report.steps] == [True, True, False]


def test_a_story_without_merge_proposals_fails_loudly(home: Path) -> None:
    alone = tuple(e for e in load_story().entries if e.text.startswith("Bosun to repaint"))
    report = main_job.main_job(Voyage(home, a_short_story(entries=alone)))
    assert not report.ok and report.problem.startswith("merge proposals answered")


def test_a_report_with_a_step_left_out_is_not_ok() -> None:
    plan = tuple(name for name, _ in STEPS)
    done = tuple(Step(name=name, did=1, ok=True, ms=1) for name in plan)
    whole = Report(
        plan=plan, steps=done, problem="", draft_id="d", document_hash="h",
        pdf=None, signed_dir=None, home=Path(),
    )  # fmt: skip
    assert whole.ok
    assert not whole.model_copy(update={"steps": (*done[:7], *done[8:])}).ok
    assert not whole.model_copy(update={"steps": (done[1], done[0], *done[2:])}).ok


def test_an_unfinished_run_exits_with_1_and_says_where_it_stopped(home: Path) -> None:
    home.mkdir()
    (home / "ledger.db").touch()
    done = subprocess.run(
        [sys.executable, "-m", "console", "demo", "--check", "--json", "--home", str(home)],
        capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and json.loads(done.stdout)["ok"] is False
    assert b"error: demo_failed: store made" in done.stderr
