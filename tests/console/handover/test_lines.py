"""An item as lines: what a tired person reads first, and nothing that drives the terminal."""

import pytest

from console.widgets.handover.lines import MOST_LINES, EndRow, ItemRow
from console.widgets.handover.marks import ordinal, plural
from storage.drafts.content import ItemState
from storage.drafts.views import EditView, ItemSources, ItemView, SectionView
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence, RiskTag
from tests.clock import START

WIDTHS = (20, 34, 54, 78, 120)


def an_item(text: str = "Port bilge pump leaks.", **facts: object) -> ItemView:
    """An item as the store shows it."""
    plain: dict[str, object] = {
        "id": "item-1", "key": "key-1", "number": "2.1", "bucket": Bucket.ENGINEERING,
        "domain": "ENG-05", "domain_name": "Plumbing & Sanitation", "text": text,
        "machine_text": text, "risk_tags": (RiskTag.SAFETY_CRITICAL,),
        "confidence": Confidence.MEDIUM, "state": ItemState.OPEN, "conflict": False,
        "uncertain": False, "note": "", "summarised": False, "planning": (),
        "sources": ItemSources(entries=("entry-1",)), "carried": False, "age_days": 0,
        "count": 1, "first_raised_at": None, "edits": (),
    }  # fmt: skip
    return ItemView.model_validate(plain | facts)


def everything(text: str) -> ItemView:
    """An item with every mark there is."""
    edit = EditView(
        item_id="item-1", kind="edit", original="a", new="b", editor="x", at=START, reason=""
    )
    return an_item(
        text, conflict=True, uncertain=True, planning=("Bosun to paint",), carried=True,
        count=4, age_days=12, summarised=True, edits=(edit,),
    )  # fmt: skip


def words(item: ItemView, width: int = 54) -> str:
    """The item as drawn, on one line."""
    return " ".join(" ".join(line.plain for line in ItemRow(item).draw(width)).split())


def test_an_item_names_its_number_risk_state_domain_and_confidence_in_words() -> None:
    assert words(an_item()).startswith(
        "2.1 ▲ Safety open ENG-05 · medium confidence Port bilge pump"
    )


def test_a_carried_item_says_how_often_and_since_when() -> None:
    assert "↻ 4th handover, first raised 12 days ago" in words(everything("x"))


def test_every_mark_of_an_item_is_drawn_at_any_width() -> None:
    marks = ("≠ conflict", "? uncertain", "» assigns work", "Σ summarised", "✎ edited")
    for width in WIDTHS[2:]:
        assert [mark for mark in marks if mark not in words(everything("x"), width)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "text", ["short", "word " * 300, "x" * 900, "水" * 200, "a\nb\n\nc", "é" * 70]
)
def test_a_row_is_as_high_as_it_said_and_never_wider_than_asked(text: str, width: int) -> None:
    for item in (an_item(text), everything(text)):
        lines = ItemRow(item).draw(width)
        assert len(lines) == ItemRow(item).height(width)
        assert max(line.cell_length for line in lines[1:2] or lines) <= width


def test_a_long_text_is_cut_in_the_list_and_says_where_the_rest_is() -> None:
    """CONSOLE rule 8."""
    lines = ItemRow(an_item("word " * 400)).draw(60)
    assert len(lines) == 1 + MOST_LINES
    assert lines[-1].plain.strip() == "… cut here; Enter shows it whole"


def test_stored_markup_and_control_characters_are_shown_and_do_nothing() -> None:
    """I17, CONSOLE rule 8."""
    drawn = words(an_item("[bold red]mark[/] \x1b[31mred\x1b[0m \u202eabc"))
    assert "[bold red]mark[/]" in drawn
    assert "<U+001B>[31mred" in drawn and "<U+202E>abc" in drawn
    assert "\x1b" not in drawn and "\u202e" not in drawn


def test_the_foot_of_a_section_says_whether_it_counts_as_seen() -> None:
    section = SectionView(
        number=2, bucket=Bucket.ENGINEERING, label="Engineering", items=(an_item(),), seen=False
    )
    unseen = EndRow(section, "Read on.").draw(60)
    seen = EndRow(section.model_copy(update={"seen": True}), "").draw(60)
    assert "○ Engineering, 1 item: not seen. Read on." in unseen[1].plain
    assert "✓ Engineering, 1 item: seen." in seen[1].plain


def test_numbers_are_written_as_people_say_them() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th",
    ]  # fmt: skip
    assert [plural(2, noun) for noun in ("item", "entry", "uncertainty")] == [
        "2 items", "2 entries", "2 uncertainties",
    ]  # fmt: skip
