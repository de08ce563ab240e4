"""The registry is complete: no kind without a handler, no handler without a kind."""

import ast
import importlib
import pkgutil
from enum import StrEnum, unique
from pathlib import Path

import pytest

from storage.jobs import kinds
from storage.jobs.kinds import KINDS, JobKind
from worker import handlers
from worker.handler import Handler
from worker.handlers import debug
from worker.registry import HANDLERS, registry


def test_every_kind_has_a_handler_and_every_handler_a_kind() -> None:
    assert set(HANDLERS) == set(KINDS) == set(JobKind)


def test_every_handler_module_is_registered() -> None:
    names = [module.name for module in pkgutil.iter_modules(handlers.__path__)]
    modules = [importlib.import_module(f"worker.handlers.{name}") for name in names]
    whole = {module for module in modules if hasattr(module, "settle")}
    assert whole == set(HANDLERS.values())


def test_a_kind_is_not_registered_twice() -> None:
    with pytest.raises(ValueError, match="more than one handler for debug"):
        registry((JobKind.DEBUG, debug), (JobKind.DEBUG, debug))


def every_handler_but(*left_out: JobKind) -> list[tuple[JobKind, Handler]]:
    return [(kind, doing) for kind, doing in HANDLERS.items() if kind not in left_out]


def test_a_kind_without_a_handler_is_refused() -> None:
    with pytest.raises(ValueError, match="no handler for sleep"):
        registry(*every_handler_but(JobKind.SLEEP))


def test_a_handler_without_a_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    last = list(KINDS)[-1]  # what is put back comes last, and the order is that of the pages
    monkeypatch.delitem(KINDS, last)
    with pytest.raises(ValueError, match=f"no kind for the handler of {last}"):
        registry(*every_handler_but())


def test_a_kind_is_described_once() -> None:
    """A mapping written twice keeps the last one and says nothing."""
    tree = ast.parse(Path(kinds.__file__).read_text())
    (table,) = [
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "KINDS"
    ]  # fmt: skip
    assert isinstance(table, ast.Dict)
    names = [ast.unparse(key) for key in table.keys if key]
    assert len(names) == len(set(names)) == len(JobKind)


def test_two_kinds_never_share_a_name() -> None:
    assert len(JobKind.__members__) == len({kind.value for kind in JobKind})
    with pytest.raises(ValueError, match="duplicate values"):

        @unique
        class Twice(StrEnum):
            DEBUG = "debug"
            ECHO = "debug"
