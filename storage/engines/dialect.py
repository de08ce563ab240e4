"""The house dialect of SQL, which SQLite runs as it is written, in PostgreSQL's words (pure).

Statements are written once, with `?` and `:name` for values. What the dialect of the tables is:
STRICT tables of TEXT and INTEGER, indexes, FTS5 tables of one column, and triggers that refuse or
count. What PostgreSQL lacks of its functions is made there once (postgresql_0017.sql).
"""

import re
from functools import lru_cache
from typing import Any

from storage.errors import StoreUnsupported

NUMBERED = frozenset({"job", "job_attempt", "ships_offset"})
"""Tables without a number of their own that are asked for SQLite's: `rowid`, in order of coming."""

_VALUES = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\?|%|(?<![:\w]):([a-z_]\w*)""")
_QUERIES: tuple[tuple[re.Pattern[str], Any], ...] = (
    (re.compile(r" INDEXED BY \w+"), ""),
    (re.compile(r"(?<= )\+(?=[a-z]\.)"), ""),  # "do not take the index on this column"
    (re.compile(r"\b(\w+_words) MATCH \?"), r"\1.found @@ word_query(?)"),
    (re.compile(r"\bjson_array\(([\w, ]+)\)"), lambda found: _array(found[1])),
)
_TABLE = re.compile(r'CREATE TABLE "?(\w+)"? \((.*)\)\s*STRICT(?:, WITHOUT ROWID)?', re.DOTALL)
_WORDS = re.compile(r"CREATE VIRTUAL TABLE (\w+)\s+USING fts5 \((\w+),.*\)", re.DOTALL)
_INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX \w+ ON \w+ \(.*", re.DOTALL)
_TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+)\s+(?P<when>BEFORE|AFTER)\s+(?P<event>INSERT|UPDATE|DELETE)"
    r"(?:\s+OF\s+(?P<columns>[\w,\s]+?))?\s+ON\s+(?P<table>\w+)"
    r"(?:\s+WHEN\s+(?P<condition>.*?))?\s+BEGIN\s+(?P<body>.*?)\s*END",
    re.DOTALL,
)
_REFUSAL = re.compile(r"SELECT RAISE\(ABORT, ('(?:[^']|'')*')\);")
_COLUMNS = (
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bLIKE\b"), "ILIKE"),
)
_BODIES = (
    (re.compile(r"([+-]) (\(NEW\.status = '\w+'\)|\(OLD\.status = '\w+'\))"), r"\1 \2::int"),
    (re.compile(r"(new\.\w+) IS (old\.\w+)"), r"\1 IS NOT DISTINCT FROM \2"),
    (re.compile(r"INTO job_count (.*?) SET n = n \+ 1", re.DOTALL),
     r"INTO job_count \1 SET n = job_count.n + 1"),
    (re.compile(r"\bmax\(0,"), "greatest(0,"),
    (re.compile(r"AS INTEGER\)"), "AS BIGINT)"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def query(sql: str) -> str:
    """A statement with values in the driver's words: `%s` and `%(name)s`."""
    for pattern, meant in _QUERIES:
        sql = pattern.sub(meant, sql)
    return _VALUES.sub(_value, sql)


def statements(sql: str) -> list[str]:
    """What lays out the same table, index or trigger there.

    Raises:
        StoreUnsupported: it is not of the dialect.
    """
    text = sql.strip().rstrip(";").strip()
    for pattern, spell in (
        (_TABLE, _table), (_WORDS, _words), (_INDEX, _index), (_TRIGGER, _trigger),
    ):  # fmt: skip
        found = pattern.fullmatch(text)
        if found:
            return spell(found)
    raise StoreUnsupported(why=f"this cannot be said to PostgreSQL: {text.splitlines()[0]}.")


def number_of(body: str) -> str | None:
    """The column that numbers a table's rows from one, without a gap; None when there is none."""
    found = re.search(r"(\w+) INTEGER PRIMARY KEY", body)
    return found[1] if found else None


def _value(found: re.Match[str]) -> str:
    text = found[0]
    if text == "?":
        return "%s"
    return f"%({found[1]})s" if found[1] else text.replace("%", "%%")


def _array(columns: str) -> str:
    """The values of a row as SQLite spells a JSON array."""
    each = (f"coalesce(to_json({name.strip()})::text, 'null')" for name in columns.split(","))
    return f"'[' || concat_ws(',', {', '.join(each)}) || ']'"


def _replaced(text: str, words: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, meant in words:
        text = pattern.sub(meant, text)
    return text


def _table(found: re.Match[str]) -> list[str]:
    name, body = found[1], found[2]
    number = "rowid" if name in NUMBERED else number_of(body)
    body = _replaced(body, _COLUMNS).rstrip()
    if name in NUMBERED:
        body = f"{body},\n        rowid BIGINT NOT NULL UNIQUE"
    made = [f"CREATE TABLE {name} ({body}\n)"]
    return [*made, *_numbering(name, number)] if number else made


def _numbering(table: str, column: str) -> list[str]:
    """As SQLite numbers: one more than the highest. One writes at a time, so there is no race."""
    body = (
        f"IF NEW.{column} IS NULL THEN\n"
        f"        SELECT coalesce(max({column}), 0) + 1 INTO NEW.{column} FROM {table};\n"
        f"    END IF;\n    RETURN NEW;"
    )
    return _function(f"{table}_is_numbered", table, "BEFORE INSERT", body)


def _words(found: re.Match[str]) -> list[str]:
    name, column = found[1], found[2]
    return [
        f"CREATE TABLE {name} (\n"
        f'        rowid BIGINT PRIMARY KEY,\n        {column} TEXT COLLATE "C" NOT NULL,\n'
        f"        found tsvector GENERATED ALWAYS AS (word_vector({column})) STORED\n)",
        f"CREATE INDEX {name}_found ON {name} USING gin (found)",
    ]


def _index(found: re.Match[str]) -> list[str]:
    return [found[0].strip()]


def _trigger(found: re.Match[str]) -> list[str]:
    name, table, event = found["name"], found["table"], found["event"]
    body = _replaced(_REFUSAL.sub(_raised, found["body"]), _BODIES)
    condition = found["condition"]
    if condition:
        condition = _replaced(condition, _BODIES)
        body = f"IF {condition} THEN\n        {body}\n    END IF;"
    back = {"AFTER": "NULL"}.get(found["when"], "OLD" if event == "DELETE" else "NEW")
    columns = f" OF {found['columns']}" if found["columns"] else ""
    made = _function(
        name, table, f"{found['when']} {event}{columns}", f"{body}\n    RETURN {back};"
    )
    if event == "DELETE" and not condition:
        made.append(
            f"CREATE TRIGGER {name}_at_once BEFORE TRUNCATE ON {table}\n"
            f"    FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
    return made


def _function(name: str, table: str, event: str, body: str) -> list[str]:
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n    {body}\nEND $$",
        f"CREATE TRIGGER {name} {event} ON {table}\n    FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _raised(found: re.Match[str]) -> str:
    return (
        f"RAISE EXCEPTION USING MESSAGE = {found[1]}, ERRCODE = 'integrity_constraint_violation';"
    )
