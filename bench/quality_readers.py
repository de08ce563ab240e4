"""The second reader of two held sets: how far two people agree, and the program by either of them.

What two careful people do not agree on no program can be right about for both, so their agreement
stands beside its figures. The second reader saw bare lines, never the first reader's labels.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from statistics import fmean
from typing import NamedTuple

from bench.quality_lines import RISKS, Line, rows
from storage.taxonomy.classification import Classification
from storage.taxonomy.domains import bucket_of


class Reading(NamedTuple):
    """What the second reader said of one line; the first of the accepted domains is the primary."""

    accepted: tuple[str, ...]
    risk: str


Twice = tuple[Line, Reading]


@cache
def second_reading() -> dict[str, Reading]:
    """The second reader's labels by the key of the line."""
    split = (row.split("|") for row in rows("second_reading"))
    return {key: Reading(tuple(codes.split(",")), RISKS[risk]) for key, codes, risk in split}


def key_of(text: str) -> str:
    """What a line is found by: a line that was changed since has no second reading."""
    return sha256(text.encode()).hexdigest()[:12]


def read_twice(some: Sequence[Line]) -> list[Twice]:
    """The lines both people read, each with the second reading."""
    known = second_reading()
    return [(line, known[key]) for line in some if (key := key_of(line.text)) in known]


def agreement(twice: Sequence[Twice]) -> dict[str, float]:
    """Shares (0–1) of the second reader measured by the first reader's labels, as a program is."""
    return {
        "strict": fmean(second.accepted[0] == line.domain for line, second in twice),
        "accepted": fmean(second.accepted[0] in _codes(line) for line, second in twice),
        "bucket": fmean(bucket_of(second.accepted[0]) in _buckets(line) for line, second in twice),
        "top risk": fmean(second.risk == line.risk for line, second in twice),
    }


def by_either(read: Sequence[tuple[Line, Classification]]) -> dict[str, float]:
    """The program's shares (0–1) where what either reader says is right, on lines both read."""
    found = dict(read)
    twice = [(line, second, found[line]) for line, second in read_twice(list(found))]
    return {
        "strict": fmean(
            one.primary_domain in {line.domain, second.accepted[0]} for line, second, one in twice
        ),
        "accepted": fmean(
            one.primary_domain in {*_codes(line), *second.accepted} for line, second, one in twice
        ),
        "bucket": fmean(
            one.bucket in {*_buckets(line), *map(bucket_of, second.accepted)}
            for line, second, one in twice
        ),
        "top risk": fmean(
            one.risk_tags[0].value in {line.risk, second.risk} for line, second, one in twice
        ),
    }


def risks_apart(twice: Sequence[Twice]) -> Counter[tuple[str, str]]:
    """(first, second reader's) gravest tags where they differ, by how often."""
    return Counter((line.risk, two.risk) for line, two in twice if line.risk != two.risk)


def _codes(line: Line) -> set[str]:
    return {line.domain, *line.also_ok}


def _buckets(line: Line) -> set[str]:
    return {bucket_of(code) for code in _codes(line)}
