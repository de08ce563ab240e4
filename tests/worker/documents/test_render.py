"""The page says everything the snapshot says, says it in words, and obeys nothing it prints.

The golden page is renewed with `EIGHTBELLS_RENEW_GOLDEN=1 pytest tests/worker/documents`.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from pydantic import ValidationError

from storage.drafts.content import ItemState
from storage.handovers.snapshot import Snapshot, VesselFacts
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence, RiskTag
from tests.worker.documents.snapshots import (
    HASH,
    a_section,
    a_snapshot,
    an_item,
    one_saying,
    one_with_everything,
)
from worker.documents.render import environment, render_html

GOLDEN = Path(__file__).parents[2] / "golden" / "handover.html"

HOSTILE = (
    '<img src="file:///etc/passwd"> <script>alert(1)</script> {{ 7*7 }} {% include "x" %} '
    '<a href="http://evil.example/">x</a> <pdf:nextpage> "><style>@import url(//x)</style>'
)


class Outline(HTMLParser):
    """The tags, attributes and text of a page, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.text += " " if tag in {"p", "h1", "h2", "h3", "tr", "th", "td", "br"} else ""
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def the_page(snapshot: Snapshot) -> str:
    return render_html(snapshot, document_hash=HASH)


def the_text(snapshot: Snapshot) -> str:
    return " ".join(Outline(the_page(snapshot)).text.split())


def test_the_page_is_the_golden_page() -> None:
    page = the_page(one_with_everything())
    if os.environ.get("EIGHTBELLS_RENEW_GOLDEN"):
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8")


def test_the_page_is_drawn_from_the_stored_snapshot_alone() -> None:
    """I14: what was stored and read back gives the same page, byte for byte."""
    snapshot = one_with_everything()
    read_back = Snapshot.model_validate_json(snapshot.model_dump_json())
    assert the_page(read_back) == the_page(snapshot)


@pytest.mark.parametrize(
    "part",
    [
        "M/Y Halcyon Tide",
        "9999993",
        "EB-2026-0007",
        "2026-02-28 04:00 LT (UTC+2) · 02:00 UTC",
        "Supersedes EB-2026-0006",
        "the leak rate was 1 litre an hour, not 10.",
        "2 Engineering 2 items 1 Safety",
        "2.1 ▲ SAFETY ▽ Debt ENG-01 Propulsion & Drive",
        "4th handover, first raised 12 days ago (2026-02-17 04:00 LT (UTC+2) · 02:00 UTC)",
        "open · 4th handover",
        "confidence high · summarised from 2 entries",
        "2.2 · Info ENG-06 Fuel & Lubrication CONFLICTING STATEMENTS UNCERTAIN",
        "Note: Two readings of one tank differ.",
        "confidence LOW",
        "restriction in force",
        "in the words of Priya Nair, 2nd Engineer",
        "Edited by Ewan MacAllister, 2026-03-01 03:51 LT (UTC+2) · 01:51 UTC, because: rate was",
        "Before: “Port fin leaks oil.”",
        "After: “Port stabiliser hydraulic oil leak",
        "Read back by Tomás Ferreira, 2026-03-01 04:10 LT (UTC+2) · 02:10 UTC: “Hand pump only",
        "Machinery state stated item 2.1, 2.2",
        "Bilges and tanks stated nil",
        "Standing orders NOT COVERED",
        "Duplicate proposed for [7], item 2.1. Answered merge by Ewan MacAllister",
        "Progress proposed for [10], entry-gone. Answered keep both",
        "Item 2.2: 75 % on the gauge, 90 % by dipstick",
        "“Dipstick is right, gauge glass is dirty.”",
        "Anna Kowalska, 3rd Officer, 2026-03-01 03:00 LT (UTC+2) · 01:00 UTC: “Not rested",
        "Ledger event EV-001, fault logged, Stabiliser fin, port",
        "“Header tank low, 62 %”",
        f"Document survey.pdf, SHA-256 {HASH}",
        "Outgoing officer Ewan MacAllister, Chief Engineer",
        "Incoming officer Tomás Ferreira, Chief Officer",
        "“I acknowledge receipt of this handover and accept operational responsibility.”",
        "Signed 2026-03-01 04:12 LT (UTC+2) · 02:12 UTC",
        "Key fingerprint 7969 ec0f",
        f"Document hash {HASH}",
        "Audit checkpoint 1234 events,",
        "Not an approved MARPOL or official log book.",
    ],
)
def test_the_page_says(part: str) -> None:
    assert part in the_text(one_with_everything())


def test_an_entry_is_printed_once_with_the_item_that_uses_its_exact_words() -> None:
    text = the_text(one_saying("Bilge pump No 3 trips."))
    assert text.count("Bilge pump No 3 trips.") == 1
    assert "in the words of Priya Nair" in text


def test_every_entry_is_printed_word_for_word_somewhere() -> None:
    snapshot = one_with_everything()
    text = the_text(snapshot)
    for section in snapshot.sections:
        for item in section.items:
            for entry in item.sources.entries:
                assert entry.narrative in text


@pytest.mark.parametrize("tag", RiskTag)
def test_every_risk_is_a_word_and_a_glyph(tag: RiskTag) -> None:
    item = an_item("x", number="1.1", risk_tags=(tag,))
    head = re.search(r'class="head"[^>]*>(.*?)</p>', the_page(one(item)))
    assert head
    assert re.search(r"[▲■●◆▽·] \w+", head[1])


@pytest.mark.parametrize("state", ItemState)
@pytest.mark.parametrize("confidence", Confidence)
def test_every_state_and_confidence_has_words(state: ItemState, confidence: Confidence) -> None:
    text = the_text(one(an_item("x", number="1.1", state=state, confidence=confidence)))
    assert f"confidence {confidence}".lower() in text.lower()


def test_hostile_text_is_printed_and_is_not_markup() -> None:
    """I17: text from people or files never drives the page."""
    outline = Outline(the_page(everywhere(HOSTILE)))
    assert outline.text.count("file:///etc/passwd") >= 6
    assert outline.text.count("{{ 7*7 }}") >= 6
    assert outline.tags.isdisjoint({"script", "img", "pdf:nextpage", "iframe"})
    assert all(address.startswith("#") for address in outline.addresses)


def test_control_and_direction_characters_are_written_out() -> None:
    """I17: nothing on the page reorders, hides or rings."""
    page = the_page(everywhere("a\x1b[2Jb\u202ec\x00d\ud800e"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
    assert "a&lt;U+001B&gt;[2Jb&lt;U+202E&gt;c&lt;U+0000&gt;d&lt;U+D800&gt;e" in page
    assert page.encode()


def test_the_page_loads_nothing_and_may_load_nothing() -> None:
    page = the_page(one_with_everything())
    assert not re.search(r"(src|action|background|poster)=|@import|url\(|<link|<script", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].replace("&#39;", "'").startswith("default-src 'none'; style-src 'sha256-")


def test_the_policy_allows_exactly_the_style_sheets_in_the_page() -> None:
    page = the_page(one_with_everything())
    sheets = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in sheets]
    assert len(sheets) == 4
    assert re.findall(r"sha256-([^']+)'", page) == hashes


def test_a_draft_says_so_and_has_no_hash() -> None:
    snapshot = one_with_everything().model_copy(update={"signatures": ()})
    page = render_html(snapshot, document_hash=None, draft=True)
    assert "<title>DRAFT – NOT AUTHORITATIVE · Handover EB-2026-0007</title>" in page
    assert 'class="banner">DRAFT – NOT AUTHORITATIVE' in page
    assert "this handover is not signed" in page
    assert "No document hash: not signed." in page


def test_a_signed_page_does_not_mention_drafts() -> None:
    assert "DRAFT" not in the_page(one_with_everything())


@pytest.mark.parametrize("signatures", [(), one_with_everything().signatures[:1]])
def test_a_handover_without_both_signatures_is_only_drawn_as_a_draft(signatures: object) -> None:
    with pytest.raises(ValueError, match="both signatures"):
        the_page(one_with_everything().model_copy(update={"signatures": signatures}))


def test_a_handover_of_nothing_is_a_page_too() -> None:
    text = the_text(a_snapshot(vessel=VesselFacts(id="v", name="Aurora", imo=None)))
    assert "Nothing was reported in this period." in text
    assert "IMO number none" in text


def test_a_misspelt_name_in_a_template_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ snapshot.vesel }}").render(snapshot=one_with_everything())


def one(*items: object) -> Snapshot:
    return a_snapshot(a_section(1, Bucket.ENGINEERING, *items))  # type: ignore[arg-type]


OUR_OWN = {"public_key", "signature", "statement", "content_hash", "root"}
"""What this program computes itself; the page shows a key by its fingerprint."""


def everywhere(text: str) -> Snapshot:
    """A snapshot with this text in every field that takes one, whoever fills it today."""
    marked = one_with_everything().model_dump()
    for inside, key in list(_texts(marked)):
        before, inside[key] = inside[key], text
        try:
            Snapshot.model_validate(marked)
        except ValidationError:
            inside[key] = before
    return Snapshot.model_validate(marked)


def _texts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a dumped value that holds text of somebody else."""
    places = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(places):
        if type(inner) is str and key not in OUR_OWN:
            yield value, key
        elif isinstance(inner, tuple):
            value[key] = list(inner)
            yield from _texts(value[key])
        elif isinstance(inner, dict | list):
            yield from _texts(inner)
