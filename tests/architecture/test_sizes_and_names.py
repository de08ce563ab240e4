"""How the code is to read: small files, small functions, names that say something."""

import ast
import re
from collections.abc import Iterator
from statistics import median

import pytest

from tests.architecture.sources import (
    OURS,
    PRODUCT,
    functions,
    length,
    name_of,
    nodes,
    python_files,
    tree,
)

EMPTY_NAMES = re.compile(r"[/_](utils?|helpers?|managers?|common|misc|stuff)[_./]", re.IGNORECASE)
EMPTY_CLASSES = re.compile(r"(Utils?|Helpers?|Manager|Common|Misc)($|[A-Z])")


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {name_of(p): len(p.read_text().splitlines()) for p in python_files(*OURS)}
    assert {name: n for name, n in lengths.items() if n > 300} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    assert [
        f"{name_of(path)}:{function.name} has {length(function)}"
        for path in python_files(*OURS)
        for function in functions(path)
        if length(function) > 40
    ] == []


def test_files_and_functions_are_mostly_small() -> None:
    files = [len(path.read_text().splitlines()) for path in python_files(*PRODUCT)]
    lengths = [length(f) for path in python_files(*PRODUCT) for f in functions(path)]
    assert median(files) <= 90
    assert median(lengths) <= 8
    assert sum(n < 20 for n in lengths) >= 0.9 * len(lengths)


def test_no_name_says_nothing() -> None:
    files = python_files(*OURS)
    assert [name for name in map(name_of, files) if EMPTY_NAMES.search(f"/{name}")] == []
    assert [
        f"{name_of(path)}:{node.name}"
        for path in files
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and EMPTY_CLASSES.search(node.name)
    ] == []


def undocumented(body: list[ast.stmt], place: str) -> Iterator[str]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not is_inherited(node) and not is_meta(node):
            yield f"{place}:{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{place}:{node.name}")


def is_inherited(node: ast.stmt) -> bool:
    """Methods Textual or the standard library names; the base class says what they do."""
    names = ("compose", "render", "on_", "watch_", "validate_", "key_", "get_content_")
    name = getattr(node, "name", "")
    return not isinstance(node, ast.ClassDef) and name.startswith(names)


def is_meta(node: ast.stmt) -> bool:
    """peewee's inner `Meta`."""
    return isinstance(node, ast.ClassDef) and node.name == "Meta"


@pytest.mark.parametrize("package", PRODUCT)
def test_every_module_and_everything_public_says_what_it_is_for(package: str) -> None:
    missing = []
    for path in python_files(package):
        module = tree(path)
        if module.body and not ast.get_docstring(module):
            missing.append(name_of(path))
        missing += undocumented(module.body, name_of(path))
    assert missing == []


def test_every_folder_with_python_in_it_is_a_package() -> None:
    folders = {path.parent for path in python_files(*PRODUCT)}
    assert [name_of(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []
