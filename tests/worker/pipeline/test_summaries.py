"""Long narratives are compressed by leaving out; what matters is never left out."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from storage.drafts.content import DraftContent, DraftInput, ItemContent
from storage.taxonomy.risks import Confidence
from worker.pipeline.draft import draft

DraftOf = Callable[..., DraftContent]

CHATTER = [
    f"The {word} of the evening was quiet and nothing was said about it."
    for word in (
        "first part",
        "second part",
        "middle",
        "later part",
        "end",
        "start",
        "whole",
        "rest",
        "best",
    )
]
FACTS = [
    "Port stern seal leaking 20 drips a minute.",
    "Day tank at 62 %.",
    "Do not start the bow thruster.",
]


def only(content: DraftContent) -> ItemContent:
    return content.sections[-1].items[0]


def test_a_short_narrative_is_left_as_it_is(draft_of: DraftOf) -> None:
    item = only(draft_of("Radar scanner stopped.  Restarted twice."))
    assert item.text == "Radar scanner stopped.  Restarted twice."
    assert not item.summarised


def test_numbers_open_states_and_limits_survive_compression(draft_of: DraftOf) -> None:
    narrative = " ".join([*CHATTER[:3], FACTS[0], *CHATTER[3:6], FACTS[1], *CHATTER[6:], FACTS[2]])
    item = only(draft_of(narrative))
    assert item.summarised
    assert len(item.text) < len(narrative)
    kept = [sentence.text for sentence in item.sentences]
    assert set(FACTS) <= set(kept)
    assert kept == sorted(kept, key=narrative.index)


def test_a_sentence_repeated_all_night_is_said_once(draft_of: DraftOf) -> None:
    item = only(draft_of(" ".join(["Bilge alarm aft came in and was acknowledged."] * 40)))
    assert item.summarised
    assert item.text.count("Bilge alarm") <= 4


@pytest.mark.parametrize(
    ("authors", "events", "expected"),
    [
        (("A. Hand", "B. Mate"), ("ev-1",), Confidence.HIGH),
        (("A. Hand", "A. Hand"), ("ev-1",), Confidence.MEDIUM),
        (("A. Hand", "B. Mate"), (), Confidence.LOW),
    ],
)
def test_confidence_rests_on_evidence_and_then_on_two_who_agree(
    input_of: Callable[..., DraftInput],
    authors: tuple[str, str],
    events: tuple[str, ...],
    expected: Confidence,
) -> None:
    one = input_of("Radar X band no picture", (1, "X-band radar shows no picture"))
    candidates = tuple(
        replace(given, author=author, event_ids=events, confidence=Confidence.MEDIUM)
        for given, author in zip(one.candidates, authors, strict=True)
    )
    content = draft(one.model_copy(update={"candidates": candidates}), lambda *_: None)
    items = [item for item in content.sections[-1].items if item.entry_ids == ("e000",)]
    assert [item.confidence for item in items] == [expected]


def test_a_merged_text_keeps_the_sentence_that_says_how_matters_stand(draft_of: DraftOf) -> None:
    content = draft_of(
        "Crew entrance lock: lock stays open.",
        (1, "Crew entrance lock: lock stays open. Temporary fix."),
    )
    (proposal,) = content.proposals
    assert proposal.merged_text.endswith("Temporary fix.")
