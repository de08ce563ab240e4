"""Open, done, restricted, or neither; and language that assigns work."""

import pytest

from storage.taxonomy.planning import planning_phrases
from storage.taxonomy.polarity import says_benign, standing, state_of
from storage.taxonomy.states import ItemState


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Stern seal leaking", ItemState.OPEN),
        ("Stern seal leaking. Seal replaced and tested OK", ItemState.DONE),
        ("Seal replaced, still leaking", ItemState.OPEN),
        ("Seal not replaced yet", ItemState.OPEN),
        ("Pump needs to be replaced", ItemState.OPEN),
        ("Do not run bilge pump 3 until class test", ItemState.RESTRICTION),
        ("Breaker locked out, not to be closed", ItemState.RESTRICTION),
        ("Rollers do not turn", ItemState.OPEN),
        ("Fuel 38 t at midnight", ItemState.NONE),
        ("", ItemState.NONE),
    ],
)
def test_the_last_thing_said_decides(text: str, state: ItemState) -> None:
    assert state_of(text) is state


def test_a_done_word_that_only_says_what_is_wrong_leaves_it_open() -> None:
    assert state_of("Paper finished and nobody can find more") is ItemState.OPEN
    assert state_of("Hour meter changed and tested") is ItemState.DONE


@pytest.mark.parametrize("text", ["no leaks found", "tested OK", "alarm cleared", "nil defects"])
def test_a_negated_defect_is_nothing_open(text: str) -> None:
    assert says_benign(text)
    assert state_of(text) is not ItemState.OPEN


@pytest.mark.parametrize(
    "text",
    [
        "Bosun to repaint the foredeck by Friday",
        "Please order new filters",
        "All crew must complete the training before Sunday",
        "Check the bilge alarms daily",
        "The second engineer should overhaul pump 2 next week",
        "Bosun to turn the fall end for end",
        "Order 12 oil filters before the crossing",
        "Cook needs to write the fridge temperatures every day",
        "Somebody should call the florist",
        "Lads, wash the side before lunch",
        "Irina will order the filters",
        "Third engineer is to change the belt",
        "Once they land, fetch the boat",
        "Could the second check the chiller",
        "Everyone signs the sheet",
        "Valves need booking for overhaul, still to do: the flanges",
        "Fitter renew the hose on the winch pack",
        "Mate prepares the list of dates by Friday",
        "Keep the broken pin for the surveyor, bosun",
        "Guards should be fitted on both lathes",
        "Port generator overheating, renew the impeller please",
        "4/E with cadet to lift the plates in the pump room at anchor",
        "Storekeeper transfers the drums to the paint locker at 1400",
        "Reefer engineer and two wipers shift the plugs on bay 14",
        "Turner + fitter skim the pump shaft, watch after watch",
        "Hanna washes the jetskis before lunch",
        "The new oilers are on descaling the coils until Thursday",
        "Agent lands the parts at noon, 3/M signs for them",
        "Lanyards to be whipped by the watch",
    ],
)
def test_assignment_language_is_flagged_verbatim(text: str) -> None:
    assert planning_phrases(text) == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "Do not run bilge pump 3 until class test",
        "Pilot 0600",
        "Guests arriving at noon on Saturday",
        "Keep an eye on the stern gland temperature",
        "Grease system not working",
        "Technician will attend on Tuesday",
        "Bosun repainted the foredeck on Friday",
        "Master to be called if the wind exceeds 25 knots",
        "Defrost cycle on the freezer never ends",
        "Wants us to change the bank details",
        "Stern line let go in the night",
        "Surveyor will check the rafts on Tuesday",
        "Takes two hours to drain the tank",
        "Asked the maker to send a seal, no answer",
        "Call the bridge before you open the hatch",
        "In the pantry, leak under the sink",
        "Bottle at 190 bar, should be 300",
        "Doors should be tight by now",
        "No loud music on deck please",
        "Deck wash pump leaking",
        "Steward put the dryer away wet",
        "3/O reported fog patches off the cape",
        "Cook's book runs out in June",
        "Mechanic's hand caught in the press",
        "Surveyor opens the tanks on Friday",
        "ETO suspects the feedback card",
        "Second cook has a fever since Monday",
        "Bosun on leave from Friday",
        "Vacuum toilet in cabin 6 does not flush, third time this week.",
    ],
)
def test_restrictions_events_and_monitoring_are_not_planning(text: str) -> None:
    assert planning_phrases(text) == ()


def test_only_the_sentence_that_assigns_is_quoted() -> None:
    text = "Windlass brake slipping. Bosun to renew the lining before Monday. No spare on board."
    assert planning_phrases(text) == ("Bosun to renew the lining before Monday.",)


def test_how_surely_a_fact_stands_open_is_told_with_its_state() -> None:
    leaking, tested = (
        standing("Stern seal leaking badly"),
        standing("Fire pump tested OK, no leaks"),
    )
    assert leaking.state is ItemState.OPEN
    assert 0 <= tested.live < leaking.live <= 1


def test_words_that_say_nothing_stand_for_nothing_open() -> None:
    assert standing("...").live == 0
