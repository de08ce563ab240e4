"""What an entry says is wrong with which equipment."""

import pytest

from storage.insights.faults import faulty_equipment
from storage.taxonomy.classify import classify


def fault(narrative: str) -> str:
    read = classify(narrative)
    return faulty_equipment(narrative, read.primary_domain, read.reasons)


def test_a_fault_names_the_equipment_with_its_number_and_side() -> None:
    assert fault("Bilge pump 3 seized again, starboard side.") == "bilge pump 3 starboard"
    assert fault("Port stabiliser fin leaking hydraulic oil.") == "stabiliser fin port"


def test_a_port_pump_is_not_a_starboard_pump_nor_number_2_number_3() -> None:
    said = ("Port bilge pump leaking.", "Starboard bilge pump leaking.", "Bilge pump 2 leaking.")
    assert len({fault(narrative) for narrative in said}) == 3


@pytest.mark.parametrize(
    "narrative",
    [
        "Bilge pump 3 repaired and tested, working.",
        "Bilge pump 3 tested, all in order.",
        "No leaks found at bilge pump 3.",
        "Guest in cabin 3 wants no seafood.",
        "Anchor bearings taken on the hour and steady.",
    ],
)
def test_what_is_settled_or_only_observed_is_no_fault(narrative: str) -> None:
    assert fault(narrative) == ""
