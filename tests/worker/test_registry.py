"""The registry is complete: no kind without a handler, no handler without a kind."""

import importlib
import pkgutil

import pytest

from storage.jobs.kinds import KINDS, JobKind
from worker import handlers
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
