"""Reading: a section counts as seen when the reader had all of it on screen and came to its end."""

from pathlib import Path

from storage.drafts import editing, review
from storage.drafts.content import DraftContent
from storage.drafts.views import draft
from storage.handovers.signing import decline
from storage.people.views import CrewMember
from tests.builders import (
    a_captain,
    a_chief_engineer,
    a_draft,
    a_draft_in_review,
    a_second_officer,
    a_third_officer,
    an_accepted_draft,
    entries,
)
from tests.console.handover.keyboard import SMALL, Keyboard, a_console
from tests.contents import an_item, contents

LONG = " It was looked at again and again through the night and is much the same as before."


def a_long_section() -> DraftContent:
    """Thirty items of Engineering, several screens of them."""
    told = entries(*(f"Fire damper {n} in the casing does not close.{LONG}" for n in range(30)))
    return contents(*(an_item(entry, domain="ENG-08") for entry in told))


def seen_by(draft_id: str, person: CrewMember) -> list[str]:
    """The sections this person has seen."""
    return [s.label for s in draft(draft_id, person_id=person.id).sections if s.seen]


async def comes_to_the_end(keyboard: Keyboard) -> None:
    """Page down to the last row."""
    for _ in range(40):
        await keyboard.press("pagedown")


async def test_reading_every_page_to_the_end_makes_a_section_seen(store: Path) -> None:
    draft_id = a_draft_in_review(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await comes_to_the_end(keyboard)
        await keyboard.sees("1/1 ")
    assert seen_by(draft_id, a_second_officer()) == ["Engineering"]


async def test_jumping_to_the_end_does_not(store: Path) -> None:
    draft_id = a_draft_in_review(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.press("G")
        await keyboard.sees("above not on the screen yet", "0/1 ")
    assert seen_by(draft_id, a_second_officer()) == []


async def test_the_next_step_key_goes_back_to_what_was_skipped(store: Path) -> None:
    a_draft_in_review(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.press("G")
        await keyboard.sees("goes to the first,")
        await keyboard.press("full_stop")
        item = keyboard.place.item
        assert item is not None and item.id not in list(keyboard.place.items_view.row_ids)[-5:]


async def test_enter_on_the_last_row_goes_where_it_says_to_what_is_not_read_yet(
    store: Path,
) -> None:
    damper, hose, linen = entries("Fire damper jammed", "Deck hose burst", "Linen short")
    domains = ((damper, "ENG-08"), (hose, "DECK-04"), (linen, "INT-02"))
    a_draft_in_review(contents(*(an_item(entry, domain=domain) for entry, domain in domains)))
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.press("G")
        await keyboard.sees("1/3 ")
        first = keyboard.place.section
        await keyboard.press("]", "]", "G")
        await keyboard.sees("2/3 ", "Enter goes on to")
        await keyboard.press("enter")
        unread = keyboard.place.section
        assert unread is not None and not unread.seen and unread is not first


async def test_what_one_person_read_is_not_read_by_another(store: Path) -> None:
    draft_id = an_accepted_draft()
    async with a_console(store, a_third_officer()) as keyboard:
        await keyboard.sees("0/4 ")
    assert seen_by(draft_id, a_second_officer()) and not seen_by(draft_id, a_third_officer())


async def test_a_change_of_reader_starts_at_the_top_and_marks_nothing(store: Path) -> None:
    draft_id = a_draft_in_review(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await comes_to_the_end(keyboard)
        await keyboard.sees("1/1 ")
        await keyboard.sign_in(a_third_officer())
        await keyboard.sees("0/1 ")
        await keyboard.until(lambda: keyboard.place.items_view.cursor == 0, "at the top")
    assert seen_by(draft_id, a_third_officer()) == []


async def test_in_few_rows_the_items_come_before_what_is_said_about_the_draft(store: Path) -> None:
    draft_id = an_accepted_draft()
    decline(a_captain().actor, draft_id, reason="Which of the two tenders is it? " * 40)
    async with a_console(store, size=(40, 10)) as keyboard:
        await keyboard.sees("IN REVIEW", "1.1")
        assert "Sent back by" not in keyboard.flat
    async with a_console(store) as keyboard:
        await keyboard.sees("Sent back by", "Which of the two tenders is it?", "1.1")
        heading = keyboard.place.query_one("#heading")
        assert heading.size.height <= 5


async def test_nothing_counts_before_the_review_has_begun(store: Path) -> None:
    draft_id = a_draft(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await comes_to_the_end(keyboard)
        await keyboard.sees("Reading counts once the review has begun: b begins it.")
    assert seen_by(draft_id, a_second_officer()) == []


async def test_a_section_somebody_changed_meanwhile_is_shown_without_moving_the_cursor(
    store: Path,
) -> None:
    """CONSOLE rule 4."""

    draft_id = a_draft_in_review(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.press(*["down"] * 12)
        view = keyboard.place.items_view
        current, top = view.current, view.scroll_offset.y
        last = draft(draft_id).sections[0].items[-1]
        editing.edit(a_third_officer().actor, last.id, "Shorter.", reason="clearer")
        await keyboard.until(
            lambda: keyboard.place.shown[last.id].text == "Shorter.", "the new words"
        )
        assert (view.current, view.scroll_offset.y) == (current, top)


async def test_a_marked_list_is_held_still_until_the_marks_are_gone(store: Path) -> None:
    """CONSOLE rule 4."""
    draft_id = a_draft_in_review(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.press("space")
        await keyboard.sees("1 item marked → m")
        review.begin_review(a_third_officer().actor, draft_id)
        review.mark_seen(a_second_officer().actor, draft_id, draft(draft_id).sections[0].bucket)
        await keyboard.sees("1 new")
        section = keyboard.place.section
        assert section is not None and not section.seen
        await keyboard.press("up", "space")
        await keyboard.sees("1/1 ")


async def test_esc_takes_the_marks_off_the_items(store: Path) -> None:
    a_draft_in_review(a_long_section())
    async with a_console(store, a_second_officer()) as keyboard:
        await keyboard.press("space", "space")
        await keyboard.sees("2 items marked → m merge them, Esc unmarks")
        await keyboard.press("escape")
        await keyboard.sees("sections seen →")
        assert not keyboard.place.items_view.marked
        await keyboard.press("escape")
        await keyboard.says("No item is marked.")


async def test_each_role_has_its_order_and_every_number_stays(store: Path) -> None:
    """I16: bias orders, it hides and renumbers nothing."""
    a_draft_in_review()
    async with a_console(store, a_second_officer(), SMALL) as keyboard:
        await keyboard.sees("order for", "▸○ Deck")
        mate = {i.id: i.number for i in keyboard.place.shown.values()}
        first = keyboard.place.draft.sections[0].label  # type: ignore[union-attr]
        await keyboard.sign_in(a_chief_engineer())
        await keyboard.sees("order for", "▸○ Engineering")
        await keyboard.until(lambda: keyboard.place.picture.reader == a_chief_engineer().id)  # type: ignore[union-attr]
        chief = {i.id: i.number for i in keyboard.place.shown.values()}
        assert chief == mate
        sections = keyboard.place.draft.sections  # type: ignore[union-attr]
        assert (first, sections[0].label) == ("Deck", "Engineering")
