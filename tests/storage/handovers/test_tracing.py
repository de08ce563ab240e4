"""The evidence questions: what stands behind this, who changed it, where is it told."""

from pathlib import Path

import pytest

from storage.canonical import sha256_hex
from storage.drafts import editing
from storage.drafts.views import draft
from storage.entries.actions import capture
from storage.errors import NotFound
from storage.evidence.actions import add_document
from storage.handovers.tracing import signed_on, trace
from storage.handovers.views import handover, snapshot
from tests.builders import (
    a_captain,
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    accepted_and_signed,
    an_entry,
    an_event,
)
from tests.clock import ShipClock
from tests.contents import an_item, contents


@pytest.fixture
def told(store: object, tmp_path: Path) -> dict[str, str]:
    """One signed item with an entry, an event and a document behind it, and an edit; their ids."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"jpeg")
    event_id = an_event()
    document_id = add_document(a_captain().actor, photo)
    entry = capture(
        a_second_officer().actor, "Header tank low.",
        event_ids=[event_id], document_ids=[document_id],
    )  # fmt: skip
    item = an_item(entry, domain="ENG-07", document_ids=(document_id,))
    draft_id = a_draft_in_review(contents(item))
    (item_id,) = draft(draft_id).items()
    editing.edit(a_second_officer().actor, item_id, "Header tank low, topped up.")
    accepted_and_signed(draft_id)
    return {
        "item": item_id, "entry": entry.id, "event": event_id,
        "document": document_id, "draft": draft_id,
    }  # fmt: skip


@pytest.mark.parametrize("start", ["item", "entry", "event", "document"])
def test_from_every_layer_one_reaches_all_the_others(told: dict[str, str], start: str) -> None:
    found = trace(told[start])
    assert found.kind == start
    assert [item.item_id for item in found.items] == [told["item"]]
    assert [entry.id for entry in found.entries] == [told["entry"]]
    if start in ("item", "entry", "event"):
        assert [event.id for event in found.events] == [told["event"]]
    if start in ("item", "entry", "document"):
        assert [document.id for document in found.documents] == [told["document"]]
    assert [h.draft_id for h in found.handovers] == [told["draft"]]
    assert [edit.new for edit in found.edits] == ["Header tank low, topped up."]


def test_a_trace_says_where_the_item_stands(told: dict[str, str]) -> None:
    (item,) = trace(told["item"]).items
    assert (item.document_number, item.draft_state, item.status) == ("EB-00001", "SIGNED", "shown")


def test_what_is_not_in_any_handover_yet_is_traced_too(store: object) -> None:
    entry = an_entry()
    found = trace(entry.id)
    assert (found.items, found.handovers) == ((), ())
    assert found.entries[0].narrative == entry.narrative


def test_an_event_told_in_two_handovers_names_both(store: object, clock: ShipClock) -> None:
    event_id = an_event()
    signed = []
    for narrative in ("Header tank low.", "Header tank still low."):
        entry = an_entry(narrative, event_ids=[event_id])
        signed.append(a_signed_handover(contents(an_item(entry, domain="ENG-07"))))
        clock.advance(hours=4)
    assert [h.draft_id for h in trace(event_id).handovers] == sorted(signed)


def test_who_accepted_responsibility_on_a_date(told: dict[str, str]) -> None:
    (view,) = signed_on("2026-03-01")
    assert [(s.position, s.name) for s in view.signatories] == [
        ("outgoing", "Priya Nair"), ("incoming", "Tomás Ferreira"),
    ]  # fmt: skip
    assert signed_on("2026-03-02") == []


def test_what_nobody_knows_is_not_found(store: object) -> None:
    with pytest.raises(NotFound, match="no item, entry, event or document"):
        trace("X-404")
    with pytest.raises(NotFound):
        handover("X-404")


def test_the_snapshot_names_every_source_verbatim(told: dict[str, str]) -> None:
    (section,) = snapshot(told["draft"]).sections
    (item,) = section.items
    assert [(e.id, e.narrative) for e in item.sources.entries] == [
        (told["entry"], "Header tank low.")
    ]  # fmt: skip
    assert [e.id for e in item.sources.events] == [told["event"]]
    assert [(d.name, d.sha256) for d in item.sources.documents] == [
        ("photo.jpg", sha256_hex(b"jpeg"))
    ]  # fmt: skip
    (edit,) = item.edits
    assert (edit.original, edit.new, edit.editor) == (
        "Header tank low.", "Header tank low, topped up.", "Priya Nair",
    )  # fmt: skip
