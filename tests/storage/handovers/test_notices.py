"""Both parties are told that a handover was sent back, each until they have seen it (DOMAIN §6)."""

import pytest

from storage.audit.views import AuditQuery, list_events
from storage.engine import ledger
from storage.errors import NotFound, NotPermitted
from storage.handovers.notices import notices_of, see_notice, unseen_notices
from storage.handovers.signing import decline, reopen
from tests.builders import (
    a_captain,
    a_chief_engineer,
    a_rating,
    a_second_officer,
    a_simple_item,
    a_third_officer,
    an_accepted_draft,
    read_everything,
)
from tests.contents import contents
from tests.storage.tampering import ENGINE_REFUSES


@pytest.fixture
def accepted(store: object) -> str:
    """A draft the second officer has accepted."""
    return an_accepted_draft(contents(a_simple_item()))


def told(draft_id: str) -> dict[str, bool]:
    """Who was told, and whether they have seen it."""
    return {notice.person: notice.seen_at is not None for notice in notices_of(draft_id)}


def test_a_decline_is_told_to_who_accepted_and_to_who_declined(accepted: str) -> None:
    decline(a_third_officer().actor, accepted, reason="Item 2 is unclear.")
    assert told(accepted) == {a_second_officer().name: False, a_third_officer().name: True}
    (notice,) = unseen_notices(a_second_officer().id)
    assert (notice.kind, notice.by, notice.reason) == (
        "decline", a_third_officer().name, "Item 2 is unclear.",
    )  # fmt: skip
    assert unseen_notices(a_captain().id) == []


def test_a_reopening_is_told_to_the_officers_who_have_read_it(accepted: str) -> None:
    for reader in (a_third_officer(), a_rating()):
        read_everything(accepted, reader)
    reopen(a_second_officer().actor, accepted, reason="Pump fixed.")
    assert told(accepted) == {a_second_officer().name: True, a_third_officer().name: False}
    assert unseen_notices(a_chief_engineer().id) == []


def test_a_notice_stands_until_its_person_has_seen_it(accepted: str) -> None:
    decline(a_third_officer().actor, accepted, reason="Unclear.")
    officer = a_second_officer()
    (notice,) = unseen_notices(officer.id)
    for _ in range(2):
        see_notice(officer.actor, notice.id)
        assert unseen_notices(officer.id) == []
    assert all(told(accepted).values())
    assert len(list_events(AuditQuery(action="notice.seen"))) == 1


def test_nobody_has_seen_a_notice_for_somebody_else(accepted: str) -> None:
    decline(a_third_officer().actor, accepted, reason="Unclear.")
    (notice,) = unseen_notices(a_second_officer().id)
    with pytest.raises(NotPermitted):
        see_notice(a_captain().actor, notice.id)
    with pytest.raises(NotFound):
        see_notice(a_captain().actor, "no-such-notice")
    assert unseen_notices(a_second_officer().id) == [notice]


def test_who_was_told_is_on_record(accepted: str) -> None:
    decline(a_third_officer().actor, accepted, reason="Unclear.")
    (event,) = list_events(AuditQuery(action="draft.declined"))
    assert set(event.detail["notified"]) == {a_second_officer().name, a_third_officer().name}


def test_the_store_itself_adds_nothing_but_that_a_notice_was_seen(accepted: str) -> None:
    decline(a_third_officer().actor, accepted, reason="Unclear.")
    other = a_captain().id
    for statement in (
        f"UPDATE notice SET person_id = '{other}', seen_at = at WHERE seen_at IS NULL",
        "UPDATE notice SET seen_at = NULL",
        "UPDATE notice SET at = seen_at WHERE seen_at IS NOT NULL",
        "DELETE FROM notice",
    ):
        with pytest.raises(ENGINE_REFUSES):
            ledger.execute_sql(statement)
