"""How a narrative is read: words, spelling, designators, sides, readings, sentences."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.taxonomy.clauses import sentences
from storage.taxonomy.designators import designators, names
from storage.taxonomy.scales import quantities
from storage.taxonomy.sides import sides
from storage.taxonomy.words import cut_ending, stem, words

ENDINGS = ("ationally", "ingly", "iveness", "fulness", "edly", "ization", "ies", "ously")


def test_abbreviations_are_written_out() -> None:
    assert words("M/E stbd F/W pmp") == ("main", "engine", "starboard", "fresh", "water", "pump")
    assert words("A/E L.O. press") == ("auxiliary", "engine", "lube", "oil", "pressure")
    assert words("CO2 room") == ("carbon", "dioxide", "room")


def test_capitals_decide_where_small_letters_mean_another_word() -> None:
    assert words("give it to me") == ("give", "it", "to", "me")
    assert words("ME oil") == ("main", "engine", "oil")


def test_a_letter_is_a_side_only_behind_a_number_or_before_a_noun() -> None:
    assert words("Tank 3 P") == ("tank", "3", "port")
    assert words("S crane wire") == ("starboard", "crane", "wire")
    assert words("S band radar") == ("s", "band", "radar")


def test_a_contraction_without_its_apostrophe_is_written_out() -> None:
    assert words("it wont start") == ("it", "will", "not", "start")


def test_a_typo_is_folded_to_the_one_known_neighbour() -> None:
    assert stem("generatro") == stem("generator")
    assert stem("zzqxv") == "zzqxv"


@pytest.mark.parametrize("text", ["no 2 pump", "No.2 pump", "pump 2", "#2 pump", "2nd pump"])
def test_one_unit_however_written(text: str) -> None:
    assert designators(words(text)) == {("unit", "2")}


def test_ranks_dates_and_counts_are_no_designators() -> None:
    assert not designators(words("2nd engineer took 3 hours on 14 May at 0600"))


def test_port_is_a_side_and_not_a_harbour() -> None:
    assert sides(words("port bilge pump")) == {("lateral", "port")}
    assert not sides(words("in port until the port authority clears"))


def test_readings_keep_their_unit() -> None:
    assert quantities(words("gauge at 75 %, 4,2 bar")) == {("percent", "75"), ("bar", "4.2")}


def test_unknown_capitalised_words_are_names() -> None:
    assert names("Passport of Wojciech expires on Monday") == {("name", "wojciech")}


def test_an_abbreviation_ends_no_sentence() -> None:
    said = sentences("Oil on No. 2 pump. Wiped dry.\nChecked again")
    assert said == ("Oil on No. 2 pump.", "Wiped dry.", "Checked again")


@given(st.text(max_size=200))
def test_every_sentence_is_a_piece_of_the_text(text: str) -> None:
    said = sentences(text)
    assert all(sentence in text for sentence in said)
    assert "".join("".join(said).split()) == "".join(text.split())


def test_two_who_read_at_once_cut_the_same_endings() -> None:
    unheard = [f"{start}{end}" for start in ("quorv", "blimf", "trask") for end in ENDINGS] * 40
    one_by_one = [cut_ending(word) for word in unheard]
    with ThreadPoolExecutor(4) as readers:
        assert list(readers.map(cut_ending.__wrapped__, unheard)) == one_by_one
