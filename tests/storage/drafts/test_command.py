"""I8: refreshing Command touches Command only."""

import pytest

from storage.audit.actor import WORKER
from storage.drafts import editing
from storage.drafts.generation import write_command
from storage.drafts.items import shown_items
from storage.drafts.views import draft
from storage.engine import ledger
from storage.errors import NotFound, NotPermitted, WrongState
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_second_officer,
    a_simple_item,
    an_accepted_draft,
    one_of_everything,
    read_everything,
)
from tests.contents import a_command_item, contents
from tests.storage.tampering import ENGINE_REFUSES

IDS = {"job_id": "job-3", "trace_id": "trace-3"}


def everything_but_command() -> list[tuple[object, ...]]:
    return list(
        ledger.execute_sql(
            "SELECT * FROM draft_item WHERE bucket <> 'Command' ORDER BY id"
        ).fetchall()
    ) + [
        row
        for table in ("merge_proposal", "draft_concern", "draft_slot", "draft_edit")
        for row in ledger.execute_sql(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    ]


def test_i8_a_refresh_touches_command_only(store: object) -> None:
    draft_id = a_draft_in_review()
    deck = next(i for i in draft(draft_id).items().values() if i.bucket is Bucket.DECK)
    editing.edit(a_second_officer().actor, deck.id, "Passerelle rail is straight after all.")
    before = everything_but_command()
    (pump, *_) = shown_items(draft_id)
    section = contents(a_command_item(pump, "Bilge pumping is back.")).sections[0]
    write_command(WORKER, draft_id, section, **IDS)
    view = draft(draft_id)
    assert [i.text for i in view.sections[0].items] == ["Bilge pumping is back."]
    assert everything_but_command() == before


def test_i8_nothing_to_command_takes_the_section_away(store: object) -> None:
    draft_id = a_draft()
    write_command(WORKER, draft_id, None, **IDS)
    assert Bucket.COMMAND not in [s.bucket for s in draft(draft_id).sections]


def test_only_a_changed_command_section_has_to_be_read_again(store: object) -> None:
    content = one_of_everything()
    draft_id = a_draft_in_review(content)
    officer = a_second_officer()
    read_everything(draft_id, officer)
    write_command(WORKER, draft_id, content.sections[0], **IDS)
    assert all(s.seen for s in draft(draft_id, person_id=officer.id).sections)
    (pump, *_) = shown_items(draft_id)
    write_command(WORKER, draft_id, contents(a_command_item(pump, "New.")).sections[0], **IDS)
    unseen = [s.bucket for s in draft(draft_id, person_id=officer.id).sections if not s.seen]
    assert unseen == [Bucket.COMMAND]


def test_command_is_made_of_the_items_as_people_left_them(store: object) -> None:
    draft_id = a_draft_in_review()
    officer = a_second_officer().actor
    deck, interior = (
        next(i for i in draft(draft_id).items().values() if i.bucket is bucket)
        for bucket in (Bucket.DECK, Bucket.INTERIOR)
    )
    editing.edit(officer, deck.id, "Passerelle rail is straight after all.")
    editing.suppress(officer, interior.id, reason="Private.")
    shown = {item.key: item for item in shown_items(draft_id)}
    assert shown[deck.key].text == "Passerelle rail is straight after all."
    assert interior.key not in shown
    assert not any(item.domain.startswith("CMD") for item in shown.values())
    assert all(item.entry_ids for item in shown.values())


def test_a_command_statement_is_never_edited_moved_split_merged_or_suppressed(
    store: object,
) -> None:
    draft_id, officer = a_draft_in_review(), a_second_officer().actor
    (statement,) = draft(draft_id).sections[0].items
    other = draft(draft_id).sections[1].items[0].id
    for refused in (
        lambda: editing.edit(officer, statement.id, "All is well."),
        lambda: editing.move(officer, statement.id, 1),
        lambda: editing.split(officer, statement.id, ["All", "is well."]),
        lambda: editing.merge(officer, [statement.id, other]),
        lambda: editing.merge(officer, [other, statement.id]),
        lambda: editing.suppress(officer, statement.id, reason="Embarrassing."),
    ):
        with pytest.raises(NotPermitted, match="derived from their sources"):
            refused()
    assert draft(draft_id).sections[0].items == (statement,)


def test_the_store_itself_refuses_an_edited_command_statement(store: object) -> None:
    a_draft()
    with pytest.raises(ENGINE_REFUSES, match=r"(?i)check"):
        ledger.execute_sql("UPDATE draft_item SET text = 'All is well.' WHERE bucket = 'Command'")


def test_command_of_an_accepted_or_unknown_draft_is_not_refreshed(store: object) -> None:
    draft_id = an_accepted_draft(contents(a_simple_item()))
    with pytest.raises(WrongState, match="frozen"):
        write_command(WORKER, draft_id, None, **IDS)
    with pytest.raises(NotFound):
        write_command(WORKER, "D-404", None, **IDS)
