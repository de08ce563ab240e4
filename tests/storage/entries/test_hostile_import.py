"""Import files nobody should send: each line is kept whole or refused in a sentence."""

import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.audit.views import verify
from storage.entries.actions import import_entries
from storage.entries.proposals import import_events
from storage.entries.views import entry
from storage.errors import Refused
from storage.evidence.lines import LINE_LIMIT, parse_lines
from storage.evidence.views import event
from tests.builders import a_second_officer
from tests.hostile import ESCAPES, ODD, damaged

LINES: dict[str, bytes] = {
    "entry": b'{"text":"Pump leaks","at":"2026-03-01T02:00:00Z","by":"Priya","role":"bosun",'
    b'"event_ids":[],"document_ids":[],"watch":{"deep":[1,"2",null]}}',
    "event": b'{"event_id":"E","type":"fault_logged","at":"2026-03-01T02:00:00Z","source":"AMS",'
    b'"asset":"Pump","text":"Leaks","reading":{"bar":[1,2]}}',
}
"""A line with every column there is."""
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp037")

FUZZED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def taken_in(kind: str, data: bytes, *, is_csv: bool = False) -> list[str]:
    """The sentences of what was refused; what was kept can be read and told again."""
    who, lines = a_second_officer().actor, parse_lines(data, is_csv=is_csv)
    try:
        if kind == "entry":
            kept = import_entries(who, lines, keep_going=True)
            found: list[Any] = [entry(entry_id) for entry_id in kept.ids]
            assert len(found) + len(kept.rejected) == len(lines)
            said = [line.message for line in kept.rejected]
        else:
            recorded = import_events(who, lines, keep_going=True)
            found, said = [], [line.message for line in recorded.rejected]
    except Refused as refusal:
        found, said = [], [str(refusal)]
    assert all(view.model_dump_json() for view in found)
    assert all(len(sentence) < 1_000 and sentence[-1] in ".?" for sentence in said), said
    return said


@FUZZED
@given(kind=st.sampled_from(["entry", "event"]), seed=st.integers(0, 2**32))
def test_a_damaged_line_is_kept_whole_or_refused(store: object, kind: str, seed: int) -> None:
    line: Any = json.loads(LINES[kind])
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        line = damaged(line, chance)
    taken_in(kind, json.dumps(line).encode())


@FUZZED
@given(
    kind=st.sampled_from(["entry", "event"]),
    at=st.integers(0, 120),
    inserted=st.binary(max_size=4) | st.sampled_from([b"\x00", b"\xff\xfe", b'"', b"{", b"\\u"]),
    is_csv=st.booleans(),
)
def test_any_bytes_in_a_line_are_kept_or_refused(
    store: object, kind: str, at: int, inserted: bytes, is_csv: bool
) -> None:
    line = LINES[kind]
    taken_in(kind, line[:at] + inserted + line[at:] + b"\n" + line[:at], is_csv=is_csv)


@pytest.mark.parametrize("kind", LINES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_in_another_encoding_is_refused_or_reads_the_same(
    store: object, kind: str, encoding: str
) -> None:
    said = taken_in(kind, LINES[kind].decode().encode(encoding))
    assert bool(said) == (encoding not in {"utf-8", "utf-8-sig", "latin-1"})


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:24])
def test_a_column_of_no_meaning_may_hold_anything_and_is_shown_as_it_was(
    store: object, odd: Any
) -> None:
    line = json.dumps({"text": "Pump leaks.", "odd": odd, "list": [odd]}).encode()
    (entry_id,) = import_entries(a_second_officer().actor, parse_lines(line, is_csv=False)).ids
    kept = str(odd) if isinstance(odd, float) else odd
    assert json.loads(entry(entry_id).model_dump_json())["context"] == {"odd": kept, "list": [kept]}


def test_an_event_that_names_what_no_clock_shows_is_refused(store: object) -> None:
    for at in ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00", "2026", "x" * 9_000):
        line = json.dumps({"type": "fault_logged", "at": at}).encode()
        (said,) = taken_in("event", line)
        assert "'at'" in said


@pytest.mark.aboard
def test_escapes_are_kept_word_for_word(store: object) -> None:
    line = json.dumps({"text": ESCAPES, "by": f"A{ESCAPES}"}).encode()
    (entry_id,) = import_entries(a_second_officer().actor, parse_lines(line, is_csv=False)).ids
    assert entry(entry_id).narrative == ESCAPES
    assert verify().ok


def test_a_line_longer_than_any_record_is_refused_unread() -> None:
    huge = b'{"text": "' + b"a" * LINE_LIMIT + b'"}'
    cells = b"text\n" + b"a" * (LINE_LIMIT + 1)
    assert [line.problem for line in parse_lines(huge, is_csv=False)] == [
        "the line is longer than 1,024 KiB"
    ]
    assert [line.problem for line in parse_lines(cells, is_csv=True)] == [
        "the line is longer than 1,024 KiB"
    ]


def test_no_cell_of_a_table_is_lost_under_another() -> None:
    twice = parse_lines(b"text,at,text\na,b,c\n", is_csv=True)
    unnamed = parse_lines(b"text,,\na,b,c\na,,\n", is_csv=True)
    assert [line.problem for line in twice] == ["the header names 'text' twice"]
    assert [line.problem for line in unnamed] == [
        "the line has a cell in a column without a name", "",
    ]  # fmt: skip


@pytest.mark.aboard
def test_an_event_kept_from_a_hostile_line_is_shown_again(store: object) -> None:
    line = json.dumps({"event_id": ESCAPES, "type": ESCAPES, "at": "2026-03-01T00:00Z"}).encode()
    assert taken_in("event", line) == []
    assert event(ESCAPES.strip()).type == ESCAPES.strip()
