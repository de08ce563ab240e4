"""The second reading of two held sets: whole, of lines that are still there, and fairly counted."""

from collections import Counter

import pytest

from bench.quality_lines import Line, lines
from bench.quality_readers import (
    Reading,
    Twice,
    agreement,
    by_either,
    key_of,
    read_twice,
    risks_apart,
    second_reading,
)
from storage.taxonomy.classify import classify
from storage.taxonomy.domains import ASSIGNABLE, bucket_of
from storage.taxonomy.risks import RiskTag

LEAK = Line("oil on the plates", "ENG-10", ("ENG-06",), "Safety_Critical", "open", False)


def as_read_by(*accepted: str, risk: str = "Safety_Critical") -> list[Twice]:
    return [(LEAK, Reading(accepted, risk))]


def test_every_line_of_the_second_reading_is_still_in_a_held_set() -> None:
    held = {key_of(line.text) for name in ("lines_fourth", "lines_fifth") for line in lines(name)}
    assert set(second_reading()) <= held


def test_the_whole_fourth_set_and_most_of_the_fifth_were_read_twice() -> None:
    assert len(read_twice(lines("lines_fourth"))) == 320
    assert len(read_twice(lines("lines_fifth"))) == 243


def test_the_second_reader_names_only_codes_of_the_taxonomy_each_once() -> None:
    named = [one.accepted for one in second_reading().values()]
    assert {code for codes in named for code in codes} <= set(ASSIGNABLE)
    assert all(len(set(codes)) == len(codes) for codes in named)


def test_a_line_that_was_reworded_has_no_second_reading() -> None:
    known = lines("lines_fourth")[0]
    assert read_twice([known._replace(text=known.text + " again")]) == []


@pytest.mark.parametrize(
    ("accepted", "strict", "kindly", "bucket"),
    [("ENG-10", 1, 1, 1), ("ENG-06", 0, 1, 1), ("ENG-02", 0, 0, 1), ("DECK-06", 0, 0, 0)],
)
def test_the_second_reader_is_measured_as_a_program_is(
    accepted: str, strict: float, kindly: float, bucket: float
) -> None:
    told = agreement(as_read_by(accepted))
    assert (told["strict"], told["accepted"], told["bucket"]) == (strict, kindly, bucket)


def test_risks_read_apart_are_counted_first_reader_first() -> None:
    apart = as_read_by("ENG-10", risk="Operational_Debt")
    assert agreement(apart)["top risk"] == 0
    assert risks_apart(apart) == Counter({("Safety_Critical", "Operational_Debt"): 1})
    assert not risks_apart(as_read_by("ENG-10"))


@pytest.mark.parametrize(("whose", "right"), [("the second reader's", 1), ("nobody's", 0)])
def test_the_program_is_right_by_either_reader_if_it_says_what_one_of_them_says(
    whose: str, right: float
) -> None:
    line, second = read_twice(lines("lines_fourth"))[0]
    code, risk = (second.accepted[0], second.risk) if right else ("INT-02", "Guest_Impacting")
    said = {"primary_domain": code, "bucket": bucket_of(code), "risk_tags": (RiskTag(risk),)}
    found = classify(line.text).model_copy(update=said)
    otherwise = line._replace(domain="ADM-03", also_ok=(), risk="Cost_Impacting")
    assert set(by_either([(otherwise, found)]).values()) == {right}, whose
