"""Every statement that is written down somewhere in storage is understood by the server."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from storage.engine import ledger
from storage.engines.dialect import query
from tests.architecture.sources import module_name, python_files

VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
ELSEWHERE = ("storage.engines", "storage.migrations", "storage.recovery")
"""Statements of the engines themselves, and of the file of a ship's store."""


def written() -> Iterator[tuple[str, str]]:
    for path in python_files("storage"):
        name = module_name(path)
        if not name.startswith(ELSEWHERE):
            for value in vars(import_module(name)).values():
                yield from ((name, sql) for sql in texts(value))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip().startswith(VERBS) and "{" not in value:
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)


def test_the_server_understands_every_statement(store: Path) -> None:
    connection = ledger.connection().pgconn
    found, refused = 0, []
    for module, sql in written():
        first, *more = query(sql).split("%s")
        said = first + "".join(f"${n}{part}" for n, part in enumerate(more, 1))
        said = re.sub(r"%\(\w+\)s", "NULL", said).replace("%%", "%")
        result = connection.prepare(b"", said.encode())
        found += 1
        if result.error_message:
            refused.append(f"{module}: {result.error_message.decode()}")
    assert not refused, "\n".join(refused)
    assert found > 100
