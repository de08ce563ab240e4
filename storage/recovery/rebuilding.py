"""A database made anew from gleaned rows: tables first, then rows, then indexes and triggers."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pysqlite3 import dbapi2 as driver

from storage.recovery.pages import Cells, Row

_TYPES: dict[str, tuple[type, ...]] = {
    "TEXT": (str,), "INTEGER": (int,), "INT": (int,), "REAL": (int, float), "BLOB": (bytes,),
}  # fmt: skip
SEARCH = ("entry_words", "job_words", "failure_words")


class Definition(NamedTuple):
    """A row of the schema."""

    type: str
    name: str
    table: str
    root: int
    sql: str


class Column(NamedTuple):
    """A column as it is stored."""

    name: str
    type: str
    required: bool
    key: int


class Form(NamedTuple):
    """The columns of a table in the order they are stored in, and whether its rows are numbered."""

    name: str
    columns: tuple[Column, ...]
    numbered: bool

    @property
    def alias(self) -> int | None:
        """The column that is the row number itself, and is stored empty."""
        keys = [n for n, column in enumerate(self.columns) if column.key]
        only = keys[0] if len(keys) == 1 and self.numbered else None
        return only if only is not None and self.columns[only].type == "INTEGER" else None

    def fits(self, row: Row) -> bool:
        """Whether a row could be one of this table."""
        pairs = list(zip(row.values, self.columns, strict=False))
        whole = len(row.values) == len(self.columns)
        return whole and all(
            n == self.alias or _could_be(value, column) for n, (value, column) in enumerate(pairs)
        )


def lay_out(copy: Any, definitions: Iterable[Definition]) -> list[Form]:
    """Make every table but what full-text search keeps for itself; the forms of those with rows."""
    kept = [one for one in definitions if one.type == "table" and not _is_inner(one.name)]
    for one in kept:
        copy.execute(one.sql)
    return [_form(copy, one) for one in kept if one.name not in SEARCH]


def insert(copy: Any, form: Form, rows: Iterable[Row]) -> tuple[int, int]:
    """Put rows into their table; how many are in it then, and how many its rules refused.

    A row that is there already, under its key, is not put in twice.
    """
    refused = 0
    for row in rows:
        names, values = _named(form, row)
        marks = ", ".join("?" * len(values))
        statement = f"INSERT OR IGNORE INTO {form.name} ({', '.join(names)}) VALUES ({marks})"
        before = copy.total_changes
        try:
            copy.execute(statement, values)
        except driver.Error:
            refused += 1
            continue
        refused += copy.total_changes == before and not _is_there(copy, form, row)
    (count,) = copy.execute(f"SELECT count(*) FROM {form.name}").fetchone()
    return int(count), refused


def finish(copy: Any, definitions: Iterable[Definition]) -> list[str]:
    """Indexes, triggers and search; the names of those that the rows do not allow."""
    failed = []
    for one in definitions:
        if one.type != "table" and one.sql:
            try:
                copy.execute(one.sql)
            except driver.Error:
                failed.append(one.name)
    copy.execute("INSERT INTO entry_words (entry_words) VALUES ('rebuild')")
    return failed


def reset_search(copy: Any) -> None:
    """Jobs and failures are put into the search again by the next worker."""
    copy.execute("UPDATE search_mark SET upto = 0")


def _form(copy: Any, one: Definition) -> Form:
    columns = [
        Column(name, kind.upper(), bool(required), key)
        for _, name, kind, required, _, key, hidden in copy.execute(
            f"PRAGMA table_xinfo({one.name})"
        )
        if not hidden
    ]
    numbered = "WITHOUT ROWID" not in one.sql.upper()
    if not numbered:  # its key comes first on the page
        columns.sort(key=lambda column: (column.key == 0, column.key))
    return Form(one.name, tuple(columns), numbered)


def _named(form: Form, row: Row) -> tuple[list[str], list[Cells]]:
    """Column names and values of a row; one from before a column was added has fewer."""
    values, names = list(row.values), [column.name for column in form.columns]
    if form.alias is not None:
        values[form.alias] = row.rowid
    elif form.numbered:
        names, values = ["rowid", *names], [row.rowid, *values]
    return names[: len(values)], values


def _is_there(copy: Any, form: Form, row: Row) -> bool:
    names, values = _named(form, row)
    keys = {column.name for column in form.columns if column.key} if not form.numbered else {
        "rowid" if form.alias is None else form.columns[form.alias].name
    }  # fmt: skip
    pairs = [(name, value) for name, value in zip(names, values, strict=True) if name in keys]
    where = " AND ".join(f"{name} = ?" for name, _ in pairs)
    found = copy.execute(f"SELECT 1 FROM {form.name} WHERE {where}", [v for _, v in pairs])
    return found.fetchone() is not None


def _could_be(value: Cells, column: Column) -> bool:
    if value is None:
        return not (column.required or column.key)
    return isinstance(value, _TYPES.get(column.type, (int, float, str, bytes)))


def _is_inner(name: str) -> bool:
    return name.startswith(("sqlite_", *(f"{search}_" for search in SEARCH)))


def definitions_of(rows: Iterable[Row]) -> Iterator[Definition]:
    """The schema's own rows; what does not look like one is left out."""
    for row in rows:
        match row.values:
            case (
                "table" | "index" | "trigger" | "view" as kind, str(name), str(table),
                int(root), str() | None as sql,
            ):  # fmt: skip
                yield Definition(kind, name, table, root, sql or "")
