"""The page about workflows is true: its workflow is planned, sent, run and verified as it says."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from storage.manifests.lines import NumberedEntry, read_entry
from tests.architecture.sources import ROOT
from tests.console.cli.conftest import ship as ship
from tests.console.cli.program import Eightbells
from worker.workflows.catalogue import GROUP

PAGE = (ROOT / "docs" / "workflows.md").read_text()
COMMANDS = re.findall(r"^    eightbells (.*)$", PAGE, re.MULTILINE)
CODE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(language: str) -> str:
    """The one block of code in a language."""
    (found,) = [code for name, code in CODE.findall(PAGE) if name == language]
    return str(found)


@pytest.fixture
def with_rounds(ship: Eightbells) -> Eightbells:
    """A store beside which the page's workflow lies where the page puts it."""
    folder: Path = ship.home / "workflows"
    folder.mkdir(mode=0o700)
    (folder / "rounds.py").write_text(block("python"))
    (folder / "rounds.py").chmod(0o600)
    return ship


def test_every_command_of_the_page_works_in_its_order(with_rounds: Eightbells) -> None:
    said = [with_rounds(*shlex.split(line)) for line in COMMANDS]
    assert [(line, one.err) for line, one in zip(COMMANDS, said, strict=True) if one.code] == []
    verdict = said[COMMANDS.index("manifest verify system_test_01")].out
    assert "All in order." in verdict


def test_the_workflow_of_the_page_goes_all_the_way(with_rounds: Eightbells) -> None:
    (known,) = [
        known for known in with_rounds.json("manifest", "workflows") if known["name"] == "rounds"
    ]
    assert (known["problem"], known["modes"]) == ("", ["day", "night"])
    plan = with_rounds.json("manifest", "plan", "rounds")
    assert (plan["name"], plan["entries"]) == ("rounds_01.jsonl", 3)
    assert with_rounds.json("manifest", "dispatch", plan["name"])["sent"] == 3
    assert with_rounds("worker", "--drain").code == 0
    assert with_rounds.json("manifest", "verify", plan["name"])["ok"] is True


def test_what_its_verify_says_is_a_mismatch(with_rounds: Eightbells) -> None:
    path = with_rounds.home / "workflows" / "rounds.py"
    path.write_text(path.read_text().replace('"galley"', '"GALLEY"'))
    name = with_rounds.json("manifest", "plan", "rounds")["name"]
    assert with_rounds("manifest", "dispatch", name).code == 0
    assert with_rounds("worker", "--drain").code == 0
    said = with_rounds("manifest", "verify", name, "--json")
    assert said.code == 1
    assert [found["why"] for found in said.json["findings"]] == ["The place is shouted."]


def test_the_line_of_the_page_can_be_dispatched() -> None:
    (line,) = re.findall(r'^    (\{"task".*)$', PAGE, re.MULTILINE)
    assert isinstance(read_entry(1, line.encode()), NumberedEntry)


def test_the_entry_point_of_the_page_is_the_one_that_is_read() -> None:
    declared = tomllib.loads(block("toml"))["project"]["entry-points"]
    assert list(declared) == [GROUP]
