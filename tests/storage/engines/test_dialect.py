"""The house dialect in PostgreSQL's words, and the schema that is made of it and frozen."""

from hashlib import sha256

import pytest

from storage.engines.baseline import FILE, baseline
from storage.engines.dialect import query, statements
from storage.errors import StoreUnsupported

FROZEN = "4fbffa205f7ffd2d"
"""Stores on servers were made with it: the start of the SHA-256 of postgresql_0017.sql."""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("SELECT a FROM b WHERE c = ? AND d = ?", "SELECT a FROM b WHERE c = %s AND d = %s"),
        ("SELECT '?', 5 % 2, a::text", "SELECT '?', 5 %% 2, a::text"),
        ("WHERE n LIKE 'CMD-%' AND s = :who", "WHERE n LIKE 'CMD-%%' AND s = %(who)s"),
        ("SELECT 1 FROM job INDEXED BY job_waiting LIMIT 1", "SELECT 1 FROM job LIMIT 1"),
        ("WHERE job_words MATCH ?", "WHERE job_words.found @@ word_query(%s)"),
        ("AND +e.action IN ('a')", "AND e.action IN ('a')"),
        ("SELECT n + 1, '+a.b ?'", "SELECT n + 1, '+a.b ?'"),
    ],
)
def test_a_statement_with_values_is_said_to_the_driver(written: str, said: str) -> None:
    assert query(written) == said


def test_a_table_keeps_its_columns_and_checks_and_orders_by_bytes() -> None:
    (said,) = statements(
        "CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER CHECK (n > 0)) STRICT, WITHOUT ROWID"
    )
    assert 'id TEXT COLLATE "C" PRIMARY KEY, n BIGINT CHECK (n > 0)' in said
    assert "ROWID" not in said and "STRICT" not in said


def test_a_numbered_table_is_numbered_as_sqlite_does_it() -> None:
    table, function, trigger = statements("CREATE TABLE t (seq INTEGER PRIMARY KEY) STRICT")
    assert "seq BIGINT PRIMARY KEY" in table
    assert "coalesce(max(seq), 0) + 1 INTO NEW.seq FROM t" in function
    assert "BEFORE INSERT ON t" in trigger


def test_a_table_that_keeps_everything_cannot_be_truncated_either() -> None:
    function, trigger, at_once = statements(
        "CREATE TRIGGER t_never_goes BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'kept'); END"
    )
    assert "MESSAGE = 'kept'" in function and "RETURN OLD" in function
    assert "BEFORE DELETE ON t" in trigger and "FOR EACH ROW" in trigger
    assert "BEFORE TRUNCATE ON t" in at_once and "FOR EACH STATEMENT" in at_once


def test_what_is_not_of_the_dialect_is_refused() -> None:
    with pytest.raises(StoreUnsupported, match="CREATE VIEW"):
        statements("CREATE VIEW v AS SELECT 1")


def test_the_schema_for_servers_is_the_migrations_translated_and_never_changes() -> None:
    assert FILE.read_text() == baseline()
    assert sha256(FILE.read_bytes()).hexdigest()[:16] == FROZEN
