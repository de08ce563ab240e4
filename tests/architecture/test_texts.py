"""What stands where: SQL only in storage, no machine's paths anywhere, nothing left to do."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, ROOT, name_of, nodes, python_files
from worker.handlers.export_prepare import FILES

SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT (OR \w+ )?INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b"
    r"|\bPRAGMA \w+|\b(CREATE|DROP|ALTER) (TABLE|INDEX|TRIGGER)\b",
    re.DOTALL,
)
A_MACHINES_PATHS = tuple("/" + folder + "/" for folder in ("work", "root", "Users"))
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
SPREADSHEETS = ("csv", "tsv", "xls", "xlsx", "ods")
NO_TEXT = {".png", ".ttf", ".pdf", ".db", ".pyc", ".woff2", ".gz"}


def project_files() -> list[Path]:
    """Every file of the project that is kept under version control or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    paths = (ROOT / line for line in listed.splitlines())
    return [path for path in paths if path.is_file() and path.suffix not in NO_TEXT]


@pytest.mark.parametrize("package", [name for name in PRODUCT if name != "storage"])
def test_sql_is_spoken_in_storage_only(package: str) -> None:
    spoken = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(package)
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert spoken == []


@pytest.mark.parametrize("package", [name for name in PRODUCT if name != "storage"])
def test_nobody_outside_storage_takes_the_database_in_hand(package: str) -> None:
    taken = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(package)
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and node.attr in ("execute_sql", "ledger"))
        or (isinstance(node, ast.ImportFrom) and any(a.name == "ledger" for a in node.names))
    ]
    assert taken == []


def test_csv_is_read_and_never_written_so_no_export_carries_a_formula() -> None:
    """A spreadsheet runs a cell that begins like one; there is no such file of ours to open."""
    written = [
        name_of(path)
        for path in python_files(*PRODUCT)
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in ("writer", "DictWriter")
    ]
    assert written == []
    assert not FILES.keys() & {*SPREADSHEETS}
    assert not [name for names in FILES.values() for name in names if name.endswith(SPREADSHEETS)]


def test_nothing_names_a_path_of_somebodys_machine() -> None:
    named = [
        f"{name_of(path)} names {place}"
        for path in project_files()
        for place in A_MACHINES_PATHS
        if place in path.read_text(errors="replace")
    ]
    assert named == []


def test_nothing_is_left_to_do_in_the_code() -> None:
    assert [
        name_of(path)
        for path in project_files()
        if path.suffix in (".py", ".j2", ".css", ".tcss", ".toml")
        and UNFINISHED.search(path.read_text(errors="replace"))
    ] == []
