"""What a static graph cannot see: clean interpreters load what they need and nothing else."""

import ast
import json
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT, module_name, python_files, tree

PAGES = ("jinja2", "xhtml2pdf", "reportlab")
HEAVY = (*PAGES, "huey", "textual", "typer")


def loaded_by(*modules: str) -> set[str]:
    """Top-level names in `sys.modules` after a fresh interpreter has imported these."""
    program = (
        f"import importlib, json, sys\n"
        f"for name in {list(modules)!r}: importlib.import_module(name)\n"
        f"print(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    return set(json.loads(said.stdout))


@pytest.mark.parametrize(
    ("starts", "without"),
    [
        (("console.app",), (*PAGES, "huey", "worker")),
        (
            ("console.cli.program",),
            ("huey", "jinja2", "xhtml2pdf", "reportlab", "textual", "worker"),
        ),
        (("worker.__main__",), ("textual", "console", "xhtml2pdf", "reportlab")),
    ],
    ids=["console", "command line", "worker"],
)
def test_a_program_starts_without(starts: tuple[str, ...], without: tuple[str, ...]) -> None:
    assert loaded_by(*starts) & set(without) == set()


def test_storage_is_loaded_without_any_of_its_users_and_their_libraries() -> None:
    modules = [
        module_name(p) for p in python_files("storage") if "migrations" not in p.parts
    ]  # fmt: skip
    assert loaded_by(*modules) & {*HEAVY, "console", "worker", "templates"} == set()


def test_every_module_that_calls_itself_pure_is_loaded_without_a_store() -> None:
    pure = [
        module_name(path)
        for path in python_files("storage", "worker")
        if "(pure" in (ast.get_docstring(tree(path)) or "").partition("\n\n")[0]
    ]
    assert len(pure) > 20
    assert loaded_by(*pure) & {*HEAVY, "peewee", "playhouse", "pysqlite3", "loguru"} == set()
