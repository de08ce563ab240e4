"""Codes become words that can be read aloud."""

import pytest

from storage.drafts.content import ItemState, SlotState
from storage.handovers.snapshot import Position
from storage.taxonomy.risks import Confidence, RiskTag
from tests.worker.documents.snapshots import an_item
from worker.documents import words


def test_ordinals() -> None:
    spoken = [words.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 111, 112, 122)]
    assert " ".join(spoken) == "1st 2nd 3rd 4th 11th 12th 13th 21st 111th 112th 122nd"


@pytest.mark.parametrize(
    ("days", "count", "said"),
    [
        (0, 2, "2nd handover, first raised today"),
        (1, 3, "3rd handover, first raised 1 day ago"),
        (12, 4, "4th handover, first raised 12 days ago"),
    ],
)
def test_a_carried_item_says_how_often_and_how_long(days: int, count: int, said: str) -> None:
    item = an_item("x", carried=True, age_days=days, count=count)
    assert words.carried(item, 0) == said


def test_no_code_is_without_its_words() -> None:
    assert set(words.RISK_GLYPHS) == set(RiskTag)
    assert set(words.STATE_WORDS) == set(ItemState)
    assert set(words.CONFIDENCE_WORDS) == set(Confidence)
    assert set(words.SLOT_WORDS) == set(SlotState)
    assert set(words.POSITION_WORDS) == set(Position)


def test_no_two_risks_look_alike() -> None:
    assert len(set(words.RISK_GLYPHS.values())) == len(RiskTag)


def test_keys_differ_in_their_fingerprints() -> None:
    one, two = words.fingerprint("ab" * 32), words.fingerprint("cd" * 32)
    assert one != two
    assert len(one.split()) == 8
