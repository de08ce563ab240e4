"""What nobody would write, and what somebody will: no crash, a sane draft, low confidence said."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.drafts.content import DraftContent, ItemContent
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence

DraftOf = Callable[..., DraftContent]

LENIENT = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*(?:\s*(?:%|bar|degC|V|l/h|kn)\b)?")
MEASURED = st.builds(
    "{} {} {} {}.".format,
    st.sampled_from(["Day tank", "DG2 oil pressure", "Battery bank 1", "Wind", "Port shaft"]),
    st.sampled_from(["at", "reads", "now", "down to"]),
    st.decimals(0, 5_000, allow_nan=False, places=1).map(str),
    st.sampled_from(["%", "bar", "degC", "V", "l/h", "kn"]),
)
CHATTER = st.sampled_from(
    ["The evening was quiet.", "Nothing else was said of it.", "All crew had dinner at the table."]
)


def told(content: DraftContent) -> list[ItemContent]:
    return [
        item
        for section in content.sections
        if section.bucket is not Bucket.COMMAND
        for item in section.items
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "?",
        "Leak",
        "Hauptmaschine verliert Öl am Turbolader, Techniker bestellt",
        "主机滑油压力低，已更换滤器",
        "מנוע ראשי דולף",
        "\x00\x01\x02\xff\x1b[2J\x07",
        "<script>alert(1)</script><b onclick='x'>port pump</b> leaking {{ 7 * 7 }}",
        "a" * 100_000,
        "pump 1 leaking, " * 6_250,
        "1 2 3 4 5 6 7 8 9 " * 500,
        "....;;;;!!!!----",
        "\u202egnikael pmup troP\u202c \u200b\u200b",
        "\ud7ff\ue000\U0001f6a2\U0001f525",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_whatever_is_written_makes_one_item_of_low_confidence(draft_of: DraftOf, text: str) -> None:
    (item,) = told(draft_of(text))
    assert item.confidence is Confidence.LOW
    assert item.entry_ids == ("e000",)
    assert all(sentence.text in text for sentence in item.sentences)


def test_a_narrative_without_words_says_so(draft_of: DraftOf) -> None:
    (item,) = told(draft_of("?!"))
    assert item.uncertain
    assert "no words" in item.note


def test_a_hundred_kilobytes_of_log_are_one_item_that_says_what_it_left_out(
    draft_of: DraftOf,
) -> None:
    text = " ".join(f"At hour {n} the log says nothing of note happened." for n in range(2_000))
    (item,) = told(draft_of(text))
    assert item.entry_ids == ("e000",)
    assert all(sentence.text in text for sentence in item.sentences)


def test_thousands_of_lines_of_the_same_second_are_told_in_one_order(draft_of: DraftOf) -> None:
    lines = [f"Bilge alarm {n % 7} aft" for n in range(1_500)]
    content = draft_of(*lines)
    assert len(told(content)) == 1_500
    assert len(content.proposals) <= 7
    assert content == draft_of(*lines)


@LENIENT
@given(st.lists(MEASURED | CHATTER, min_size=1, max_size=30))
def test_no_number_and_no_unit_is_ever_altered_or_lost(draft_of: DraftOf, said: list[str]) -> None:
    narrative = " ".join(said)
    (item,) = told(draft_of(narrative))
    assert set(NUMBER.findall(item.text)) == set(NUMBER.findall(narrative))
    assert all(sentence.text in narrative for sentence in item.sentences)


@LENIENT
@given(st.lists(MEASURED, min_size=2, max_size=6))
def test_a_merged_text_alters_no_number_either(draft_of: DraftOf, said: list[str]) -> None:
    content = draft_of(*said)
    whole = " ".join(said)
    for proposal in content.proposals:
        assert set(NUMBER.findall(proposal.merged_text)) <= set(NUMBER.findall(whole))
