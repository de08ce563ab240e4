"""Importing: one transaction, every bad line numbered, nothing half-done."""

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events, list_events
from storage.entries.actions import ImportReport, import_entries
from storage.entries.proposals import import_events
from storage.entries.views import count_entries, entry
from storage.errors import BadLines, NotPermitted
from storage.evidence.lines import parse_lines
from storage.evidence.views import list_events as list_ledger_events
from tests.builders import a_second_officer, an_event
from tests.clock import START

MIXED = b"""\
{"text": "Port anchor fouled, cleared with the crane."}
{"text": ""}

not json at all
{"text": 7}
{"text": "See event.", "event_ids": ["EV-404"]}
{"text": "Time is wrong.", "at": "yesterday"}
{"text": "\xff"}
{"text": "Gyro repeater 2 dead."}
"""


def imported(data: bytes, *, is_csv: bool = False, keep_going: bool = False) -> ImportReport:
    lines = parse_lines(data, is_csv=is_csv)
    return import_entries(a_second_officer().actor, lines, keep_going=keep_going)


def test_one_bad_line_stops_them_all_and_every_bad_line_is_named(store: object) -> None:
    with pytest.raises(BadLines) as refusal:
        imported(MIXED)
    assert count_entries() == 0
    rejected = refusal.value.facts["rejected"]
    assert [(line["line"], line["code"]) for line in rejected] == [
        (2, "bad_input"), (4, "bad_input"), (5, "bad_input"),
        (6, "not_found"), (7, "bad_input"), (8, "bad_input"),
    ]  # fmt: skip
    assert str(refusal.value).startswith("6 of 8 lines cannot be used, the first is line 2: ")
    assert list_events(limit=1)[0].outcome == "refused"


def test_keeping_going_takes_the_good_lines_in_their_order(store: object) -> None:
    before = count_events()
    report = imported(MIXED, keep_going=True)
    assert report.imported == len(report.ids) == 2
    assert [entry(i).narrative for i in report.ids] == [
        "Port anchor fouled, cleared with the crane.",
        "Gyro repeater 2 dead.",
    ]
    assert [line.line for line in report.rejected] == [2, 4, 5, 6, 7, 8]
    assert count_events() == before + 1, "one verb, one event"


def test_a_line_may_name_its_author_role_time_and_context(store: object) -> None:
    an_event("EV-1")
    report = imported(
        b'{"text": "Leak.", "at": "2026-02-28T23:00:00+02:00", "by": "Old Hand", '
        b'"role": "bosun", "event_ids": ["EV-1"], "sea": 3.5, "port": "Genoa"}'
    )
    kept = entry(report.ids[0])
    assert (kept.author, kept.role) == ("Old Hand", "bosun")
    assert kept.created_at.isoformat() == "2026-02-28T21:00:00+00:00"
    assert (kept.event_ids, kept.context) == (("EV-1",), {"sea": "3.5", "port": "Genoa"})


def test_a_line_without_an_author_is_by_the_one_who_imports_it_now(store: object) -> None:
    kept = entry(imported(b'{"text": "Leak."}').ids[0])
    assert (kept.author, kept.role, kept.created_at) == ("Priya Nair", "second_officer", START)


def test_an_author_without_a_role_is_not_given_the_importers_role(store: object) -> None:
    assert entry(imported(b'{"text": "Leak.", "by": "Old Hand"}').ids[0]).role == "unknown"


def test_csv_and_jsonl_give_the_same_entries(store: object) -> None:
    csv = imported(
        b'text,at,by\nLeak.,2026-03-01T01:00Z,Old Hand\n"Smoke, thick.",,\n', is_csv=True
    )
    jsonl = imported(
        b'{"text": "Leak.", "at": "2026-03-01T01:00Z", "by": "Old Hand"}\n{"text": "Smoke, thick."}'
    )
    for one, other in zip(csv.ids, jsonl.ids, strict=True):
        kept = [entry(i).model_dump(exclude={"id"}) for i in (one, other)]
        assert kept[0] == kept[1]


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "x", "event_ids": "EV-1"}',
        b'{"text": "x", "event_ids": [1]}',
        b'{"text": "x", "by": 7}',
        b'{"text": ["x"]}',
        b'{"words": "x"}',
    ],
)
def test_a_column_of_the_wrong_form_is_refused(store: object, line: bytes) -> None:
    with pytest.raises(BadLines):
        imported(line)


def test_a_hundred_kilobytes_in_one_line_are_refused_with_the_line(store: object) -> None:
    with pytest.raises(BadLines, match="the first is line 2: The narrative has 100000 characters"):
        imported(b'{"text": "fine"}\n{"text": "' + b"x" * 100_000 + b'"}')


def test_a_file_without_lines_imports_nothing(store: object) -> None:
    assert imported(b"").imported == 0


def test_i13_the_worker_imports_no_entries(store: object) -> None:
    with pytest.raises(NotPermitted):
        import_entries(WORKER, parse_lines(b'{"text": "x"}', is_csv=False))


def test_events_are_imported_all_or_nothing_too(store: object) -> None:
    data = b'{"type": "x", "at": "2026-03-01T04:00Z"}\n{"type": "x"}\n{"type": "x", "at": "soon"}'
    lines = parse_lines(data, is_csv=False)
    with pytest.raises(BadLines, match="2 of 3 lines"):
        import_events(WORKER, lines)
    assert list_ledger_events() == []
    report = import_events(WORKER, lines, keep_going=True)
    assert (report.imported, [line.line for line in report.rejected]) == (1, [2, 3])
