"""Our own labelled lines: balanced, well labelled, and those held back never fitted on."""

from collections import Counter

import pytest

from bench.quality_lines import lines, tuning_lines
from storage.taxonomy.domains import ASSIGNABLE
from storage.taxonomy.planning import planning_phrases
from storage.taxonomy.words import words

BALANCED = ("lines_held", "lines_second", "lines_fourth", "lines_sixth")
HELD = (*BALANCED, "lines_third", "lines_fifth", "lines_orders_held", "lines_orders_fifth")


def test_no_held_line_is_among_those_fitted_on() -> None:
    fitted_on = {words(line.text) for line in tuning_lines()}
    held = {words(line.text) for name in HELD for line in lines(name)}
    assert fitted_on.isdisjoint(held)


def test_the_third_held_set_asks_for_every_domain_six_times_or_more() -> None:
    asked = Counter(line.domain for line in lines("lines_third"))
    assert set(asked) == set(ASSIGNABLE)
    assert min(asked.values()) >= 6


@pytest.mark.parametrize("name", BALANCED)
def test_a_held_set_asks_for_every_domain_equally(name: str) -> None:
    assert Counter(line.domain for line in lines(name)) == dict.fromkeys(ASSIGNABLE, 10)


def test_every_label_is_a_code_of_the_taxonomy() -> None:
    labelled = [line for name in HELD for line in lines(name)] + tuning_lines()
    assert {code for line in labelled for code in (line.domain, *line.also_ok)} == set(ASSIGNABLE)


def test_most_lines_that_hand_out_work_are_flagged_and_few_others() -> None:
    asked = tuning_lines()
    flagged = [line.planning for line in asked if planning_phrases(line.text)]
    assert sum(flagged) > 0.8 * sum(line.planning for line in asked)
    assert sum(flagged) > 0.85 * len(flagged)
