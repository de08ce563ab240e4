"""A ship's own equipment names."""

import pytest

from storage.taxonomy.classify import classify
from storage.taxonomy.equipment import equipment_names


def test_a_name_of_the_ship_outweighs_the_general_terms() -> None:
    names = equipment_names('[equipment]\n"the Beast" = "ENG-02"\n')
    assert names == {"the Beast": "ENG-02"}
    assert classify("The Beast smells of hot oil", own_terms=names).primary_domain == "ENG-02"


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[equipment]\n"x" = "CMD-01"',
        '[equipment]\n"x" = "ENG-99"',
        '[equipment]\n"" = "ENG-01"',
        "[",
    ],
)
def test_what_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        equipment_names(text)
