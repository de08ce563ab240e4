"""A signed handover beside the one before it: new, changed, carried, gone."""

from storage.drafts.editing import edit
from storage.drafts.views import draft
from storage.entries.actions import resolve
from storage.handovers.comparing import Compared, Comparison, Standing, compare
from storage.handovers.views import compared, snapshot
from storage.taxonomy.risks import RiskTag
from tests.builders import (
    a_chief_engineer,
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    accepted_and_signed,
    an_entry,
)
from tests.contents import SAFETY, an_item, contents


def two_signed() -> tuple[str, str]:
    """Two handovers: one fact carried, one changed, one gone, one new."""
    pump, rail, lamp = (an_entry(words) for words in ("Pump leaks.", "Rail bent.", "Lamp out."))
    first = a_signed_handover(contents(
        an_item(pump, domain="ENG-05", risk_tags=SAFETY), an_item(rail, domain="DECK-01"),
        an_item(lamp, domain="DECK-05"),
    ))  # fmt: skip
    guest = an_entry("Guest in cabin 3.")
    second = a_draft_in_review(contents(
        an_item(pump, domain="ENG-05", risk_tags=SAFETY), an_item(rail, domain="DECK-01"),
        an_item(guest, domain="INT-01"),
    ))  # fmt: skip
    changed = next(i for i in draft(second).items().values() if i.text == "Rail bent.")
    edit(a_second_officer().actor, changed.id, "Rail bent, roped off.")
    resolve(a_chief_engineer().actor, lamp.id, reason="New bulb.")
    return first, accepted_and_signed(second)


def texts(found: tuple[Compared, ...]) -> list[str]:
    return [fact.item.text if fact.item else fact.before[0].text for fact in found]


def the_comparison(draft_id: str) -> Comparison:
    comparison = compared(draft_id)
    assert comparison is not None
    return comparison


def test_each_fact_of_two_handovers_is_new_changed_carried_or_gone(store: object) -> None:
    _, second = two_signed()
    found = the_comparison(second)
    assert (found.number, found.previous) == ("EB-00002", "EB-00001")
    assert texts(found.of(Standing.NEW)) == ["Guest in cabin 3."]
    assert texts(found.of(Standing.CHANGED)) == ["Rail bent, roped off."]
    assert texts(found.of(Standing.CARRIED)) == ["Pump leaks."]
    assert texts(found.of(Standing.GONE)) == ["Lamp out."]
    (reworded,) = found.of(Standing.CHANGED)
    assert [before.text for before in reworded.before] == ["Rail bent."]


def test_the_first_handover_has_nothing_to_be_compared_with(store: object) -> None:
    first, _ = two_signed()
    assert compared(first) is None


def test_a_handover_compared_with_itself_carries_everything(store: object) -> None:
    signed = snapshot(a_signed_handover())
    found = compare(signed, signed)
    assert {fact.standing for fact in found.facts} == {Standing.CARRIED}
    assert len(found.facts) == sum(len(section.items) for section in signed.sections)


def test_another_risk_is_a_change_even_in_the_same_words(store: object) -> None:
    signed = snapshot(
        a_signed_handover(contents(an_item(an_entry("Pump leaks."), domain="ENG-05")))
    )
    (section,) = signed.sections
    graver = section.items[0].model_copy(update={"risk_tags": (RiskTag.SAFETY_CRITICAL,)})
    after = signed.model_copy(
        update={"sections": (section.model_copy(update={"items": (graver,)}),)}
    )
    (fact,) = compare(signed, after).of(Standing.CHANGED)
    assert any("risk Safety; before," in aspect for aspect in fact.aspects)
