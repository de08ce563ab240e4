"""Capturing: a person's own words, kept verbatim with the classification they were shown."""

from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, WORKER, Actor
from storage.audit.views import list_events
from storage.engines.choosing import on_a_server
from storage.entries.actions import capture
from storage.entries.rules import MAX_NARRATIVE
from storage.entries.states import EntryStatus
from storage.entries.views import count_entries, entry
from storage.errors import BadInput, NotFound, NotPermitted, TooLong
from storage.evidence.actions import add_document
from storage.taxonomy.classify import classify
from storage.taxonomy.risks import Confidence, RiskTag
from tests.builders import a_captain, a_rating, a_second_officer, an_entry, an_event
from tests.clock import START

HOSTILE = {
    "terminal escape": "Valve 3 \x1b[2J\x1b]0;gone\x07 leaks",
    "direction override": "Invoice \u202egnp.exe\u202c filed",
    "zero width": "No\u200bthing to re\ufeffport",
    "null": "Tank 3\x00 sounded",
    "markup": "[bold red]Fire[/] <script>alert(1)</script> <img src='file:///etc/passwd'>",
    "template": "{{ 7 * 7 }} {% raw %} ${HOME} $(reboot)",
    "sql": "'); DROP TABLE entry; --",
    "line separators": "one\u2028two\u2029three\x85four\r\nfive",
    "other scripts": "Насос №2 · 日本 · עברית · ⚓🔥",
    "outer spaces": "  kept as typed\n",
}


def test_an_entry_is_a_persons_own_words_with_what_the_machine_made_of_them(store: object) -> None:
    kept = an_entry("Port bilge pump leaks at the shaft seal.")
    reading = classify(kept.narrative)
    assert (kept.author, kept.role, kept.status) == (
        "Priya Nair", "second_officer", EntryStatus.CANDIDATE,
    )  # fmt: skip
    assert kept.created_at == START
    for name in ("primary_domain", "secondary_domains", "bucket", "risk_tags", "reasons"):
        assert getattr(kept, name) == getattr(reading, name)


def test_an_entry_without_evidence_is_human_observed(store: object) -> None:
    kept = an_entry()
    assert RiskTag.INFORMATIONAL in kept.risk_tags
    assert kept.confidence is Confidence.LOW


def test_an_entry_names_the_events_and_documents_it_rests_on(store: object, tmp_path: Path) -> None:
    event_id = an_event()
    (tmp_path / "photo.jpg").write_bytes(b"jpeg")
    document_id = add_document(a_captain().actor, tmp_path / "photo.jpg")
    kept = capture(
        a_rating().actor, "Header tank low.",
        event_ids=[event_id, event_id], document_ids=[document_id],
    )  # fmt: skip
    assert (kept.event_ids, kept.document_ids) == ((event_id,), (document_id,))


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_i17_text_is_kept_exactly_as_it_was_typed_whatever_it_holds(
    store: object, hostile: str
) -> None:
    if "\0" in hostile and on_a_server():
        pytest.skip("a server keeps no NUL: see tests/fleet")
    assert entry(an_entry(hostile).id).narrative == hostile


@pytest.mark.parametrize("empty", ["", " ", "\n\t ", "\u2003"])
def test_an_empty_narrative_is_refused(store: object, empty: str) -> None:
    with pytest.raises(BadInput, match="narrative is empty"):
        an_entry(empty)


def test_a_narrative_has_a_limit_of_twenty_thousand_characters(store: object) -> None:
    assert len(an_entry("é" * MAX_NARRATIVE).narrative) == MAX_NARRATIVE
    for length in (MAX_NARRATIVE + 1, 100_000):
        with pytest.raises(TooLong, match=f"has {length} characters; at most 20000"):
            an_entry("é" * length)
    assert count_entries() == 1
    assert list_events(limit=1)[0].detail["code"] == "too_long"


def test_half_a_character_is_refused(store: object) -> None:
    with pytest.raises(BadInput, match="half a character"):
        an_entry("Smoke \ud83d seen")


@pytest.mark.parametrize("actor", [WORKER, SYSTEM])
def test_i13_nobody_but_a_person_captures_an_entry(store: object, actor: Actor) -> None:
    with pytest.raises(NotPermitted, match="Only a person"):
        capture(actor, "The machine thinks so.")
    assert count_entries() == 0


def test_a_source_that_is_not_on_record_is_refused(store: object) -> None:
    with pytest.raises(NotFound, match="event 'EV-404'"):
        an_entry("Alarm again.", event_ids=["EV-404"])
    with pytest.raises(NotFound, match="document 'D-404'"):
        capture(a_second_officer().actor, "See the photo.", document_ids=["D-404"])
    assert count_entries() == 0
