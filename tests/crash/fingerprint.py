"""What a store holds, in one short text: every row of every table, whichever library reads it."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

TABLES = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' ORDER BY name
"""


def fingerprint(rows: Callable[[str], Iterable[Any]]) -> str:
    """The hash over all rows; `rows` runs a query and returns tuples."""
    digest = hashlib.sha256()
    for (table,) in list(rows(TABLES)):
        found = sorted(repr(tuple(row)) for row in rows(f"SELECT * FROM {table}"))
        digest.update(repr((table, found)).encode())
    return digest.hexdigest()
