"""The map in a package's docstring names the files that are there, and only those."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, name_of, python_files, tree

NAMED = re.compile(r"\b(\w+)(?:\.py\b|/(?![\w.]))")


def docstring(path: Path) -> str:
    return ast.get_docstring(tree(path)) or ""


def modules(path: Path) -> set[str]:
    """The modules and folders beside an `__init__.py`."""
    files = {p.stem for p in path.parent.glob("*.py")} - {"__init__", "__main__"}
    return files | {p.parent.name for p in path.parent.glob("*/__init__.py")}


def forgotten(path: Path) -> set[str]:
    text = docstring(path)
    return {name for name in modules(path) if not re.search(rf"\b{name}\b", text)}


def maps() -> list[Path]:
    """Every `__init__.py` whose docstring names at least half of what is beside it."""
    packages = [path for path in python_files(*PRODUCT) if path.name == "__init__.py"]
    return [p for p in packages if modules(p) and len(forgotten(p)) * 2 <= len(modules(p))]


@pytest.mark.parametrize("path", maps(), ids=name_of)
def test_a_map_forgets_nothing(path: Path) -> None:
    assert forgotten(path) == set()


@pytest.mark.parametrize("path", maps(), ids=name_of)
def test_a_map_names_nothing_that_is_gone(path: Path) -> None:
    there = {p.name.removesuffix(".py") for p in path.parent.iterdir()}
    assert {name for name in NAMED.findall(docstring(path)) if name not in there} == set()


def test_every_noun_of_storage_has_its_map() -> None:
    mapped = {path.parent.name for path in maps()}
    assert mapped >= {"storage", "audit", "people", "vessel", "evidence", "entries", "drafts"}
    assert mapped >= {"jobs", "handovers"}
