"""A ship's own equipment names."""

import pytest

from storage.taxonomy.classify import classify
from storage.taxonomy.equipment import equipment_names


def test_a_name_of_the_ship_outweighs_the_general_terms() -> None:
    names = equipment_names('[equipment]\n"the Beast" = "ENG-02"\n')
    assert names == {"the Beast": "ENG-02"}
    assert classify("The Beast smells of hot oil", own_terms=names).primary_domain == "ENG-02"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no .equipment. table"),
        ("[equipment]", "no .equipment. table"),
        ("equipment = 7", "no .equipment. table"),
        ('[equipment]\n"x" = "CMD-01"', r"at line 2"),
        ('[equipment]\n\n"x" = "ENG-99"', r"at line 3"),
        ('[equipment]\nx = ["ENG-01"]', r"at line 2"),
        ('[equipment]\n"" = "ENG-01"', r"a name has a word.*at line 2"),
        ('[equipment]\r\n"***" = "ENG-01"\r\n', r"a name has a word.*at line 2"),
        ('[equipment]\n"a\\u001bb" = "ENG-01"', r"a name has a word.*at line 2"),
        ('[equipment]\nbetty = "ENG-01"\n"Betty" = "ENG-02"', r"the same as 'betty'.*at line 3"),
        ('[equipment]\nbetty = "ENG-01"\nbetty = "ENG-02"', r"at line 3"),
        ("[", r"at line 1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        equipment_names(text)


def test_there_is_a_limit_to_the_names() -> None:
    many = "\n".join(f'"thing {chr(97 + n % 26)}{n}x" = "ENG-01"' for n in range(2001))
    with pytest.raises(ValueError, match="2001 names; at most 2000"):
        equipment_names(f"[equipment]\n{many}")
