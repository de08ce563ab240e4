"""Marks and flags: nothing leaves silently, nothing is reclassified silently (I10)."""

from collections.abc import Callable

import pytest

from storage.engine import ledger
from storage.entries.actions import flag, resolve, suppress
from storage.entries.states import LEGAL, EntryStatus, check_move
from storage.entries.views import EntryDetail, entry
from storage.errors import BadInput, NotFound, WrongState
from tests.builders import a_rating, a_second_officer, an_entry

Verb = Callable[..., EntryDetail]


@pytest.mark.parametrize("mark", [resolve, suppress])
def test_i10_a_mark_carries_its_author_and_its_reason(store: object, mark: Verb) -> None:
    kept = an_entry()
    marked = mark(a_rating().actor, kept.id, reason="  Seal renewed, dry since noon. ")
    assert marked.status in (EntryStatus.RESOLVED, EntryStatus.SUPPRESSED)
    (note,) = marked.marks
    assert (note.mark, note.by, note.reason) == (
        marked.status, "Sam Okafor", "Seal renewed, dry since noon.",
    )  # fmt: skip
    assert marked.narrative == kept.narrative


@pytest.mark.parametrize("first", [resolve, suppress])
@pytest.mark.parametrize("second", [resolve, suppress])
def test_i1_a_marked_entry_is_never_marked_again(store: object, first: Verb, second: Verb) -> None:
    kept, actor = an_entry(), a_second_officer().actor
    first(actor, kept.id, reason="Settled.")
    with pytest.raises(WrongState, match="already"):
        second(actor, kept.id, reason="Again.")
    assert len(entry(kept.id).marks) == 1


def test_i1_only_the_legal_moves_are_legal() -> None:
    for before in EntryStatus:
        for after in EntryStatus:
            if (before, after) in LEGAL:
                check_move(before, after)
            else:
                with pytest.raises(WrongState):
                    check_move(before, after)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_a_mark_without_a_usable_reason_is_refused(store: object, reason: str) -> None:
    kept = an_entry()
    with pytest.raises(BadInput):
        resolve(a_second_officer().actor, kept.id, reason=reason)
    assert entry(kept.id).status is EntryStatus.CANDIDATE


def test_i10_a_flag_asks_and_changes_no_classification(store: object) -> None:
    kept = an_entry()
    flagged = flag(
        a_rating().actor, kept.id, reason="It is the fire pump.", suggested_domain="ENG-08"
    )
    assert flagged.classification_flagged
    assert flagged.primary_domain == kept.primary_domain
    (asked,) = flagged.corrections
    assert (asked.original_domain, asked.suggested_domain, asked.requested_by) == (
        kept.primary_domain, "ENG-08", "Sam Okafor",
    )  # fmt: skip


@pytest.mark.parametrize("domain", ["CMD-01", "ENG-99", "Engineering", ""])
def test_a_domain_no_entry_can_have_is_refused(store: object, domain: str) -> None:
    with pytest.raises(BadInput, match="not a domain"):
        flag(a_rating().actor, an_entry().id, reason="Wrong.", suggested_domain=domain)


def test_what_is_not_there_is_refused_by_every_verb(store: object) -> None:
    actor = a_second_officer().actor
    for verb in (resolve, suppress, flag):
        with pytest.raises(NotFound, match="entry 'E-404'"):
            verb(actor, "E-404", reason="Because.")
    with pytest.raises(NotFound):
        entry("E-404")


def test_a_second_mark_written_by_another_process_meanwhile_is_noticed(store: object) -> None:
    kept = an_entry()
    ledger.execute_sql("UPDATE entry SET status = 'resolved' WHERE id = ?", (kept.id,))
    with pytest.raises(WrongState):
        suppress(a_second_officer().actor, kept.id, reason="Too late.")
