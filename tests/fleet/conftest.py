"""Stores on a server. These run with `--engine postgresql`, as a part of `make test`."""

from pathlib import Path

import pytest

from tests.worker.conftest import start_pool

__all__ = ["start_pool"]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """On SQLite there is nothing to be tested here."""
    return True if config.getoption("--engine") == "sqlite" else None
