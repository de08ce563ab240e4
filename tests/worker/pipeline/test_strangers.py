"""What two people say of one thing who name it, or what is wrong with it, in other words."""

from collections.abc import Callable

import pytest

from storage.drafts.content import DraftContent, ProposalKind
from storage.taxonomy.reading import read
from storage.taxonomy.sides import sides
from storage.taxonomy.words import words

DraftOf = Callable[..., DraftContent]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Afterpeak found dry", "0.8 m in the aft peak"),
        ("Ramp pins are in", "Ramp pins have been pulled"),
        ("Sludge tank 12 cube", "Sludge tank 7 m3"),
        ("Rescue boat engine ready for use", "Rescue boat engine would not start"),
        ("Second cook is on board", "Second cook left yesterday"),
    ],
)
def test_opposites_in_other_words_are_a_conflict(draft_of: DraftOf, one: str, two: str) -> None:
    assert draft_of(one, (1, two)).conflicts


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Otter board shackle cracked", "Trawl door shackle fractured"),
        ("Gasoline fumes in the garage", "Garage smells of petrol"),
        (
            "HRU of the rescue boat beacon expired",
            "Hydrostatic release, rescue boat beacon: expired",
        ),
    ],
)
def test_synonyms_of_gear_are_one_fact(draft_of: DraftOf, one: str, two: str) -> None:
    found = draft_of(one, (1, two)).proposals
    assert {proposal.kind for proposal in found} == {ProposalKind.DUPLICATE}


def test_after_is_the_stern_only_before_a_part_of_the_ship() -> None:
    assert ("longitudinal", "aft") in sides(words("After winch drum seized"))
    assert not sides(words("Winch drum seized after the squall"))


def test_can_not_is_no_thing() -> None:
    assert "cannot" not in read("we can not open the locker").features.things
