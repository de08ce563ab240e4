"""What accepted corrections teach: the same words exactly, like words openly, others not at all."""

from datetime import date

import pytest

from storage.taxonomy.classify import classify
from storage.taxonomy.corrections import Correction, lessons
from storage.taxonomy.risks import Confidence

ON = date(2026, 3, 1)
WHISTLE = Correction(narrative="The thing by the pool whistles", domain="ENG-07", on=ON)
BOX = Correction(narrative="Black box in the aft locker 2 hums", domain="ETO-02", on=ON)


def test_the_same_words_are_filed_as_corrected_however_they_are_typed() -> None:
    again = classify("the thing by the POOL whistles!", corrections=lessons((WHISTLE,)))
    assert again.primary_domain == "ENG-07"
    assert again.reasons[0] == "as corrected on 2026-03-01"
    assert (again.text_confidence, again.runner_up) == (Confidence.HIGH, None)


def test_like_words_about_the_same_things_are_filed_alike_and_say_so() -> None:
    alone = classify("Black box, aft locker 1, dead again")
    taught = classify("Black box, aft locker 1, dead again", corrections=lessons((BOX,)))
    assert alone.primary_domain != taught.primary_domain == "ETO-02"
    assert taught.reasons[0] == "as corrected on 2026-03-01, in like words"
    assert taught.text_confidence is Confidence.MEDIUM
    assert taught.runner_up is not None, "what the words alone say is not hidden"


@pytest.mark.parametrize(
    "text",
    ["The thing by the pool sings", "Pool heater dead", "Port bilge pump leaking", "", "whistles"],
)
def test_other_words_learn_nothing(text: str) -> None:
    assert classify(text, corrections=lessons((WHISTLE, BOX))) == classify(text)


def test_the_thing_of_one_common_word_teaches_nothing_to_others() -> None:
    taught = lessons((Correction(narrative="Pump broken", domain="INT-03", on=ON),))
    assert classify("Pump leaking", corrections=taught) == classify("Pump leaking")
    assert classify("pump BROKEN", corrections=taught).primary_domain == "INT-03"


def test_of_two_corrections_of_the_same_words_the_later_one_holds() -> None:
    later = WHISTLE.model_copy(update={"domain": "DECK-04", "on": date(2026, 4, 1)})
    found = classify(WHISTLE.narrative, corrections=lessons((WHISTLE, later)))
    assert (found.primary_domain, found.reasons[0]) == ("DECK-04", "as corrected on 2026-04-01")


def test_the_nearest_correction_is_the_one_learned_from() -> None:
    longer = Correction(
        narrative="Black box in the aft locker beside the batteries hums", domain="ENG-03", on=ON
    )
    taught = lessons((longer, BOX))
    assert classify("aft locker black box", corrections=taught).primary_domain == "ETO-02"


def test_a_narrative_without_words_teaches_nothing() -> None:
    taught = lessons((Correction(narrative="!!!", domain="ETO-02", on=ON),))
    assert classify("???", corrections=taught) == classify("???")
