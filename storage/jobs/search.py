"""Finding jobs by their words: kind, subject, arguments and errors, at a million jobs.

Workers index new rows afterwards, a few hundred at a time, because indexing each job in its own
transaction would add a fifth to the cost of submitting one. What is not indexed yet is read as it
is, by the same words, so an answer is complete at once.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from storage.database import read_only, transaction, unhurried
from storage.engine import execute_many, ledger
from storage.jobs.tables import json_text

BATCH = 250
BATCHES = 8
NEWEST = 5_000
"""So many of the newest matches are looked at, and so many rows not indexed yet are read."""

_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"[0-9a-f][0-9a-f-]{3,35}")


class _Source(NamedTuple):
    """Rows with words: where they stand, how they are indexed, and whose job they tell of."""

    name: str
    rows: str  # number, text and JSON of the rows after a number
    last: str
    jobs: str  # the jobs of the rows with these numbers


_JOBS = _Source(
    "job",
    "SELECT rowid, kind || ' ' || subject, arguments FROM job WHERE rowid > ? ORDER BY rowid",
    "SELECT coalesce(max(rowid), 0) FROM job",
    "SELECT job_id FROM job WHERE rowid IN (SELECT CAST(value AS BIGINT) FROM json_each(?))",
)
_FAILURES = _Source(
    "failure",
    "SELECT f.seq, concat_ws(' ', a.error_type, a.error_message), 'null' FROM job_failure f "
    "JOIN job_attempt a ON a.attempt_id = f.attempt_id WHERE f.seq > ? ORDER BY f.seq",
    "SELECT coalesce(max(seq), 0) FROM job_failure",
    "SELECT job_id FROM job_failure WHERE seq IN (SELECT CAST(value AS BIGINT) FROM json_each(?))",
)
_BY_ID = "SELECT job_id FROM job WHERE job_id >= ? AND job_id < ? ORDER BY job_id DESC LIMIT ?"
_BY_SUBJECT = """
SELECT job_id FROM job WHERE subject = ? AND subject <> '' ORDER BY created_at DESC LIMIT ?
"""
_MOVE_MARK = "UPDATE search_mark SET upto = ? WHERE name = ? AND upto = ?"


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, without accents."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in plain if not unicodedata.combining(char))
    return _WORD.findall(text.casefold())


def jobs_with(text: str) -> list[str]:
    """The ids of jobs in which every word of a text begins a word, or whose id or subject it is.

    Of each source the newest 5,000 matches count.
    """
    wanted = words_of(text)
    with read_only():
        found = _by_id(text)
        for source in (_JOBS, _FAILURES) if wanted else ():
            numbers = [*_indexed(source, wanted), *_read(source, wanted)]
            found |= _column(source.jobs, json_text(numbers))
    return sorted(found)


def jobs_failed_with(text: str) -> list[str]:
    """The ids of jobs with a failure in which every word of a text begins a word."""
    wanted = words_of(text)
    if not wanted:
        return []
    with read_only():
        numbers = [*_indexed(_FAILURES, wanted), *_read(_FAILURES, wanted)]
        return sorted(_column(_FAILURES.jobs, json_text(numbers)))


def index_some(at_most: int = BATCH) -> int:
    """Index the words of rows that are new, at most so many of each source; how many there were."""
    return sum(_index(source, at_most) for source in (_JOBS, _FAILURES))


def keep_up() -> None:
    """Index what is new, a little at a time so that nobody waits long for the write lock."""
    for _ in range(BATCHES):
        if index_some() < BATCH:
            return


def not_searched() -> int:
    """How many rows are neither indexed nor few enough to be read: a search misses those."""
    with read_only():
        return sum(max(0, _behind(source) - NEWEST) for source in (_JOBS, _FAILURES))


def _index(source: _Source, at_most: int) -> int:
    """The words are made before the write lock is taken; whoever moved the mark first has won.

    The index and its mark stand or fall together. It can be made again, so its commit is not
    forced to the disk.
    """
    mark = _mark(source)
    rows = ledger.execute_sql(f"{source.rows} LIMIT ?", (mark, at_most)).fetchall()
    if rows:
        words = [(number, " ".join(_words(*told))) for number, *told in rows]
        with unhurried(), transaction():
            if ledger.execute_sql(_MOVE_MARK, (rows[-1][0], source.name, mark)).rowcount:
                execute_many(f"INSERT INTO {source.name}_words (rowid, words) VALUES (?, ?)", words)
    return len(rows)


def _indexed(source: _Source, wanted: Iterable[str]) -> Iterable[int]:
    table, match = f"{source.name}_words", " ".join(f'"{word}"*' for word in wanted)
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
    return (row[0] for row in ledger.execute_sql(sql, (match, NEWEST)).fetchall())


def _read(source: _Source, wanted: list[str]) -> Iterable[int]:
    newest = f"{source.rows} DESC LIMIT ?"
    rows = ledger.execute_sql(newest, (_mark(source), NEWEST)).fetchall()
    return (number for number, *told in rows if _tells(_words(*told), wanted))


def _tells(words: list[str], wanted: Iterable[str]) -> bool:
    return all(any(word.startswith(begin) for word in words) for begin in wanted)


def _words(text: str, more: str) -> list[str]:
    return words_of(" ".join([text, *_leaves(json.loads(more))]))


def _leaves(value: Any) -> Iterator[str]:
    """The names and values in JSON, as they were before it was written down."""
    match value:
        case dict():
            yield from value
            for inner in value.values():
                yield from _leaves(inner)
        case list():
            for inner in value:
                yield from _leaves(inner)
        case None:
            pass
        case _:
            yield str(value)


def _by_id(text: str) -> set[str]:
    named = text.strip().lower()
    found = _column(_BY_SUBJECT, text.strip(), NEWEST)
    if _ID.fullmatch(named):
        found |= _column(_BY_ID, named, f"{named}~", NEWEST)
    return found


def _behind(source: _Source) -> int:
    return int(ledger.execute_sql(source.last).fetchone()[0]) - _mark(source)


def _mark(source: _Source) -> int:
    sql = "SELECT upto FROM search_mark WHERE name = ?"
    return int(ledger.execute_sql(sql, (source.name,)).fetchone()[0])


def _column(sql: str, *values: object) -> set[str]:
    return {row[0] for row in ledger.execute_sql(sql, values).fetchall()}
