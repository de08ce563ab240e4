"""Duplicates, progress, near misses and conflicts between two statements."""

from collections.abc import Callable

import pytest

from storage.drafts.content import DraftContent, DraftInput, ProposalKind
from worker.pipeline.draft import draft

DraftOf = Callable[..., DraftContent]
InputOf = Callable[..., DraftInput]


def kinds(content: DraftContent) -> set[ProposalKind]:
    return {proposal.kind for proposal in content.proposals}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Port bilge pump leaking at the shaft seal", "Shaft seal of the port bilge pump dripping"),
        ("Radar X band no picture", "X-band radar shows no picture"),
        ("Day tank low level alarm", "DAY TANK LOW LEVEL ALARM!"),
    ],
)
def test_the_same_fact_said_twice_is_proposed(draft_of: DraftOf, one: str, two: str) -> None:
    content = draft_of(one, (1, two))
    assert kinds(content) == {ProposalKind.DUPLICATE}
    assert not content.conflicts


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Port bilge pump leaking", "Starboard bilge pump leaking"),
        ("No 1 chiller tripped on high pressure", "No 2 chiller tripped on high pressure"),
        ("Fire zone 3 detector in fault", "Fire zone 5 detector in fault"),
        ("Cylinder 3 exhaust temperature high", "Cylinder 5 exhaust temperature high"),
        ("Forward capstan seized", "Aft capstan seized"),
        ("440 V board low insulation", "230 V board low insulation"),
        ("All rocker covers leaking", "No 4 rocker cover leaking"),
        ("Passport of Wojciech expires in June", "Passport of Oyelaran expires in June"),
        ("Fresh water pump leaking", "Sea water pump leaking"),
    ],
)
def test_a_near_miss_is_never_proposed(draft_of: DraftOf, one: str, two: str) -> None:
    assert not draft_of(one, (1, two)).proposals


def test_an_unnamed_pump_never_brings_two_named_ones_together(draft_of: DraftOf) -> None:
    content = draft_of(
        "Bilge pump 1 leaking at the seal",
        (1, "Bilge pump leaking at the seal"),
        (2, "Bilge pump 2 leaking at the seal"),
    )
    for proposal in content.proposals:
        assert not {"e000", "e002"} <= set(proposal.entry_ids)


def test_a_repair_after_a_report_is_progress_and_not_a_duplicate(draft_of: DraftOf) -> None:
    content = draft_of(
        "Port bilge pump leaking at the shaft seal",
        (10, "Port bilge pump shaft seal replaced, tested OK"),
    )
    assert kinds(content) == {ProposalKind.PROGRESS}
    assert not content.conflicts
    assert "→ done" in content.proposals[0].reason


def test_repaired_and_then_still_down_is_a_conflict(draft_of: DraftOf) -> None:
    content = draft_of("Watermaker repaired and back in service", (3, "Watermaker still down"))
    assert len(content.conflicts) == 1
    assert not content.proposals


def test_down_again_a_week_later_is_a_recurrence_and_no_conflict(draft_of: DraftOf) -> None:
    content = draft_of("Watermaker repaired and back in service", (160, "Watermaker down again"))
    assert not content.conflicts


def test_two_readings_hours_apart_are_no_conflict(draft_of: DraftOf) -> None:
    content = draft_of("Day tank gauge at 75 %", (8, "Day tank gauge at 60 %"))
    assert not content.conflicts
    assert not content.proposals


def test_a_refused_pair_is_never_proposed_again_i10(input_of: InputOf) -> None:
    one = input_of(
        "Radar X band no picture", (1, "X band radar no picture"), (2, "Radar X band no picture")
    )
    refused = one.model_copy(
        update={"refused_pairs": frozenset({("e000", "e001"), ("e000", "e002")})}
    )
    for proposal in draft(refused, lambda *_: None).proposals:
        assert "e000" not in proposal.entry_ids


def test_a_merged_text_holds_verbatim_what_tells_something_new(draft_of: DraftOf) -> None:
    content = draft_of(
        "Radar X band no picture. Reset tried.", (1, "X band radar no picture. Reset tried.")
    )
    (proposal,) = content.proposals
    assert proposal.merged_text == ("Radar X band no picture. Reset tried.")


def test_thousands_of_copies_are_one_proposal(draft_of: DraftOf) -> None:
    content = draft_of(*["Bilge alarm aft"] * 2_000)
    assert len(content.proposals) == 1
    assert len(content.proposals[0].entry_ids) == 2_000
