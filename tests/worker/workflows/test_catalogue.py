"""Which workflows there are: built in, by entry point, by a file; a bad one harms no other."""

import json
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from storage.errors import BadInput, NotFound
from tests.architecture.sources import ROOT
from worker.workflows import catalogue, system_test
from worker.workflows.catalogue import listed, workflow

ROUND = '''"""Goes round the ship."""
MODES = ("day", "night")
COUNT = 3


def plan(request):
    yield {"task": "debug", "meta": {"id": request.id(1)}}


def verify(entry, receipt, found):
    return ""
'''


@pytest.fixture
def folder(bare_store: Path) -> Path:
    """Where the workflows of a store lie."""
    place = bare_store / "workflows"
    place.mkdir(mode=0o700)
    return place


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o600)


def problem_of(name: str) -> str:
    (found,) = [found for found in listed() if found.name == name]
    return found.problem


def test_two_workflows_are_built_in(bare_store: Path) -> None:
    assert [(found.name, found.origin) for found in listed()] == [
        ("system_test", "built in"), ("gap_fill", "built in"),
    ]  # fmt: skip
    assert workflow("system_test").modes == system_test.MODES


def test_a_file_beside_the_store_is_a_workflow(folder: Path) -> None:
    put(folder, "rounds.py", ROUND)
    known = workflow("rounds")
    assert (known.sentence, known.modes, known.count) == (
        "Goes round the ship.", ("day", "night"), 3,
    )  # fmt: skip
    assert known.found() == {}


def test_a_folder_beside_the_store_is_a_workflow_too(folder: Path) -> None:
    (folder / "rounds").mkdir(mode=0o700)
    put(folder, "rounds/__init__.py", "from .inner import plan, verify\n")
    put(folder, "rounds/inner.py", ROUND)
    assert callable(workflow("rounds").plan)


def test_a_change_of_the_file_holds_from_the_next_time(folder: Path) -> None:
    put(folder, "rounds.py", ROUND)
    assert workflow("rounds").count == 3
    put(folder, "rounds.py", ROUND.replace("COUNT = 3", "COUNT = 30"))
    assert workflow("rounds").count == 30


def test_a_package_brings_a_workflow_by_its_entry_point(
    bare_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = EntryPoint("rounds", "worker.workflows.system_test", catalogue.GROUP)
    found = {catalogue.GROUP: [point]}
    monkeypatch.setattr(catalogue, "entry_points", lambda group: found[group])
    assert workflow("rounds").sentence == system_test.SENTENCE
    assert listed()[-1].origin == "entry point worker.workflows.system_test"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("rounds.py", "def plan(", "SyntaxError"),
        ("rounds.py", "import nowhere_at_all", "nowhere_at_all"),
        ("rounds.py", "raise SystemExit(3)", "SystemExit"),
        ("rounds.py", "plan = 1", "no function plan"),
        ("rounds.py", "def plan(request): ...", "no function verify"),
        ("rounds.py", ROUND + "\nCOUNT = 'many'\n", "count"),
        ("system_test.py", ROUND, "the name is that of the one from built in"),
        ("Rounds.py", ROUND, "lower-case"),
    ],
)
def test_one_that_cannot_be_used_says_why_and_harms_no_other(
    folder: Path, name: str, text: str, says: str
) -> None:
    put(folder, name, text)
    problem = listed()[-1].problem
    assert says in problem
    assert problem.startswith("The workflow ")
    assert workflow("gap_fill").name == "gap_fill"
    if name == "rounds.py":
        with pytest.raises(BadInput, match="cannot be used"):
            workflow("rounds")


def test_what_somebody_else_could_have_written_is_not_run(folder: Path) -> None:
    put(folder, "rounds.py", f"open({str(folder / 'ran')!r}, 'w')\n" + ROUND)
    (folder / "rounds.py").chmod(0o666)
    assert "may be written by others" in problem_of("rounds")
    (folder / "rounds.py").chmod(0o600)
    folder.chmod(0o777)
    assert "may be written by others" in problem_of("rounds")
    assert not (folder / "ran").exists()


def test_a_name_nobody_gave_is_not_found(bare_store: Path) -> None:
    with pytest.raises(NotFound, match="launch"):
        workflow("launch")


def test_the_list_is_printed_for_other_programs(folder: Path) -> None:
    put(folder, "rounds.py", ROUND)
    said = subprocess.run(
        [sys.executable, "-m", "worker.workflows", "--home", str(folder.parent)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [found["name"] for found in json.loads(said.stdout)] == [
        "system_test", "gap_fill", "rounds",
    ]  # fmt: skip


def test_where_there_is_no_store_the_reason_is_told(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "worker.workflows", "--home", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 3
    assert said.stderr.startswith("error: store_missing: ")
