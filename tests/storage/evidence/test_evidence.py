"""Ledger events and source documents: written once, word for word."""

import json
from pathlib import Path

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events
from storage.canonical import sha256_hex
from storage.errors import BadInput, NotFound, TooLong
from storage.evidence.actions import add_document, record_events
from storage.evidence.rules import MAX_EVENT_TEXT, NewEvent, read_event
from storage.evidence.views import (
    document,
    documents_by_id,
    event,
    events_by_id,
    list_documents,
    list_events,
)
from tests.builders import a_captain, an_event
from tests.clock import START


def test_an_event_is_kept_with_who_recorded_it_and_unknown_columns_as_context(
    store: object,
) -> None:
    given = read_event(
        {"event_id": "EV-7", "type": "fault_logged", "at": "2026-03-01T06:00:00+02:00",
         "asset": "Bilge pump, port", "text": " Low flow ", "rpm": 12.5, "deck": 3}
    )  # fmt: skip
    record_events(WORKER, [given])
    kept = event("EV-7")
    assert (kept.at, kept.text, kept.recorded_by) == (START, "Low flow", WORKER.name)
    assert kept.context == {"rpm": "12.5", "deck": 3}, "a signed record holds no floats"


def test_an_event_known_word_for_word_is_left_as_it_is(store: object) -> None:
    an_event("EV-1")
    before = count_events()
    an_event("EV-1")
    assert count_events() == before
    assert len(list_events()) == 1


def test_an_event_known_with_other_words_is_refused_and_nothing_is_recorded(store: object) -> None:
    an_event("EV-1", text="Low level")
    fresh = NewEvent(
        id="EV-2", type="x", at=START, source="", asset="", text="", context={}
    )  # fmt: skip
    other = fresh.model_copy(update={"id": "EV-1", "text": "High level"})
    with pytest.raises(BadInput, match="other content"):
        record_events(WORKER, [fresh, other])
    assert [e.id for e in list_events()] == ["EV-1"]
    assert event("EV-1").text == "Low level"


def test_the_same_event_twice_in_one_file_is_recorded_once(store: object) -> None:
    given = NewEvent(id="EV-1", type="x", at=START, source="", asset="", text="", context={})
    assert record_events(WORKER, [given, given]).new_ids == ("EV-1",)


def test_an_event_without_an_id_is_given_one(store: object) -> None:
    given = NewEvent(id=None, type="x", at=START, source="", asset="", text="", context={})
    recorded = record_events(WORKER, [given, given])
    assert len(set(recorded.new_ids)) == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"at": "2026-03-01T04:00Z"}, "needs a type"),
        ({"type": "x"}, "'at' is not a time"),
        ({"type": "x", "at": "2026-03-01T04:00"}, "has no offset"),
        ({"type": "x", "at": "yesterday"}, "'at' is not a time"),
        ({"type": "x", "at": 1772337600}, "'at' must be text, not int"),
        ({"type": ["x"], "at": "2026-03-01T04:00Z"}, "'type' must be text, not list"),
    ],
)
def test_an_event_line_that_cannot_be_used_says_which_column(
    values: dict[str, object], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        read_event(values)


def test_an_event_text_has_a_limit() -> None:
    with pytest.raises(TooLong, match="4001 characters"):
        read_event({"type": "x", "at": "2026-03-01T04:00Z", "text": "x" * (MAX_EVENT_TEXT + 1)})


def test_many_events_are_found_by_id_whatever_their_number(store: object) -> None:
    given = [
        NewEvent(id=f"EV-{n}", type="x", at=START, source="", asset="", text="", context={})
        for n in range(600)
    ]
    record_events(WORKER, given)
    assert len(events_by_id([f"EV-{n}" for n in range(700)])) == 600


def test_a_document_is_kept_byte_for_byte_beside_its_facts(store: Path, tmp_path: Path) -> None:
    original = tmp_path / "survey report.pdf"
    original.write_bytes(bytes(range(256)))
    document_id = add_document(a_captain().actor, original)
    kept = document(document_id)
    assert (kept.name, kept.size) == ("survey report.pdf", 256)
    assert kept.sha256 == sha256_hex(original.read_bytes())
    folder = (store / kept.path).parent
    assert (folder / "original").read_bytes() == original.read_bytes()
    facts = json.loads((folder / "metadata.json").read_text())
    assert (facts["name"], facts["sha256"]) == (kept.name, kept.sha256)
    assert (facts["uploaded_by"], facts["uploaded_at"]) == (
        "Anna Lindqvist", "2026-03-01T04:00:00.000000Z",
    )  # fmt: skip
    assert list_documents() == [kept]
    assert documents_by_id([document_id, "no such"]) == {document_id: kept}


def test_an_empty_document_is_still_a_document(store: object, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert document(add_document(a_captain().actor, tmp_path / "empty.txt")).size == 0


def test_what_is_not_there_is_refused(store: object, tmp_path: Path) -> None:
    for missing in (tmp_path / "no such file", tmp_path):
        with pytest.raises(NotFound, match="file"):
            add_document(a_captain().actor, missing)
    with pytest.raises(NotFound, match="event 'EV-9'"):
        event("EV-9")
    with pytest.raises(NotFound, match="document 'D-9'"):
        document("D-9")


def test_a_document_over_the_limit_is_refused_before_it_is_read(
    store: object, tmp_path: Path
) -> None:
    huge = tmp_path / "video.mov"
    with huge.open("wb") as file:
        file.truncate(50 * 2**20 + 1)
    with pytest.raises(TooLong, match="document"):
        add_document(a_captain().actor, huge)
    assert list_documents() == []
