"""What keeps two like statements from being proposed as one, though neither excludes the other."""

from collections.abc import Callable

import pytest

from storage.drafts.content import DraftContent, ProposalKind
from storage.taxonomy.reading import read
from storage.taxonomy.sides import held_apart
from storage.taxonomy.words import words
from worker.pipeline.likeness import Kind, about_one, compare

DraftOf = Callable[..., DraftContent]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Aft mooring winch brake slipping", "Port aft mooring winch brake slipping"),
        ("L/H crane hook block bent", "R/H front crane hook block bent"),
        ("Pump room fan 2 bearing noisy", "Pump room fan 2 belt noisy"),
        ("500 h service of the tender due", "1000 h service of the tender due"),
        ("Weekly lifeboat test found hook stiff", "Monthly lifeboat test found hook stiff"),
        ("Grease roller 6 of the ramp", "Grease roller 6 and 8 of the ramp"),
        ("Smoke detector loop 3 cable fault", "Smoke detector loop 1 cable fault"),
        ("L/H/S dump rope damaged", "R/H/S dump rope damaged"),
    ],
)
def test_who_may_speak_of_another_is_not_proposed(draft_of: DraftOf, one: str, two: str) -> None:
    kinds = {proposal.kind for proposal in draft_of(one, (1, two)).proposals}
    assert ProposalKind.DUPLICATE not in kinds


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Bilge pump 2 tripped at 0410", "No 2 bilge pump tripped"),
        ("Air compressor 1 leaking oil, 2 litres a day", "Oil leak on air compressor 1"),
    ],
)
def test_a_time_or_a_reading_that_one_adds_casts_no_doubt(
    draft_of: DraftOf, one: str, two: str
) -> None:
    assert {p.kind for p in draft_of(one, (1, two)).proposals} == {ProposalKind.DUPLICATE}


def test_what_is_at_which_side_tells_two_apart() -> None:
    one = read("Port engine running, starboard gearbox leaking oil")
    other = read("Starboard engine running, port gearbox leaking oil")
    assert compare(one, other).kind is Kind.UNRELATED
    assert not held_apart(words("Port engine running, port gearbox leaking"))


def test_ships_named_in_quotes_are_two_ships() -> None:
    one, other = "Boat 'KORMORAN 2' aground off the pier", "Boat 'TERNVIK' aground off the pier"
    assert compare(read(one), read(other)).kind is Kind.UNRELATED


def test_work_on_all_of_a_sort_is_not_about_one_of_it() -> None:
    assert not about_one(read("No 2 injector leaking"), read("Replaced all 4 injectors"))
    assert about_one(read("No 2 injector leaking"), read("Replaced no 2 injector"))


def test_none_of_what_works_is_a_contradiction_but_no_alarm_is_none() -> None:
    works, none = read("Deck 5 internet works"), read("Guests on deck 5 have no internet")
    assert compare(works, none).kind is Kind.CONTRARY
    calm = read("No alarm on bilge pump 2"), read("Bilge pump 2 alarm cleared, running")
    assert compare(*calm).kind is not Kind.CONTRARY
