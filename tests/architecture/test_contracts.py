"""The import contracts of pyproject.toml can turn red: in a copy, each is broken on purpose."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, ROOT

VIOLATIONS = {
    "worker/astray_to_console.py": ("import console.app", "never import each other"),
    "console/astray_to_worker.py": ("import worker.runner", "never import each other"),
    "storage/audit/astray_noun.py": ("import storage.handovers.views", "one order and no circle"),
    "storage/astray_unplaced.py": ("", "one order and no circle"),
    "storage/taxonomy/astray_store.py": ("import peewee", "are pure"),
    "worker/pipeline/astray_store.py": ("import storage.database", "are pure"),
    "console/astray_table.py": ("import storage.people.tables", "Tables are private"),
    "worker/astray_table.py": ("import storage.drafts.tables", "Tables are private"),
    "storage/audit/astray_screen.py": ("import textual", "Only the console imports textual"),
    "worker/astray_queue.py": ("import huey", "imports huey"),
    "console/astray_queue.py": ("import huey", "imports huey"),
    "worker/astray_pages.py": ("import xhtml2pdf", "imports xhtml2pdf and reportlab"),
    "storage/audit/astray_pages.py": ("import reportlab", "imports xhtml2pdf and reportlab"),
    "storage/people/astray_seal.py": ("import pyhanko", "imports pyhanko"),
    "console/widgets/astray_verb.py": ("import storage.people.actions", "Widgets draw"),
    "console/widgets/astray_store.py": ("import storage.database", "Widgets draw"),
    "worker/astray_verb.py": ("import storage.handovers.signing", "Automation assists"),
}
"""A file that breaks a contract → what is in it, and words of the contract it must break."""


def contract_names() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture(scope="module")
def report_on_violations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the linter says of each broken contract, in a copy where all violations are made."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PRODUCT:
        shutil.copytree(ROOT / package, copy / package, ignore=only_python)
    for name, (content, _) in VIOLATIONS.items():
        (copy / name).write_text(f"{content}\n")
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run(
        [linter, "--no-cache"], cwd=copy, env={"PYTHONPATH": str(copy), "COLUMNS": "500"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 1, said.stdout + said.stderr
    return by_contract(said.stdout)


def only_python(folder: str, names: list[str]) -> set[str]:
    return {n for n in names if not n.endswith(".py") and not (Path(folder) / n).is_dir()}


def by_contract(output: str) -> dict[str, str]:
    """The details of every broken contract, by its name."""
    details = output.partition("Broken contracts")[2]
    found, name = dict[str, str](), ""
    for line in details.splitlines():
        if line.strip() in contract_names():
            name = line.strip()
        elif name:
            found[name] = found.get(name, "") + line + "\n"
    return found


@pytest.mark.parametrize("file", VIOLATIONS)
def test_a_violation_turns_its_contract_red(
    report_on_violations: dict[str, str], file: str
) -> None:
    words = VIOLATIONS[file][1]
    (name,) = [name for name in contract_names() if words in name]
    module = Path(file).stem
    assert module in report_on_violations.get(name, ""), f"{file} went unnoticed"


def test_every_contract_is_broken_here_at_least_once() -> None:
    assert [
        name
        for name in contract_names()
        if not any(words in name for _, words in VIOLATIONS.values())
    ] == []
