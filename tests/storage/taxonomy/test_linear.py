"""The shipped weights, and other tables read in their place."""

import math

import pytest

from bench.margins import Block, Measures, separated
from bench.regression import Sample, regressed
from storage.taxonomy.linear import Reader, letters, reader, using

_SAMPLES = [
    Sample(("pump", "leaks"), "open", 1.0),
    Sample(("valve", "leaks"), "open", 1.0),
    Sample(("pump", "tested"), "done", 1.0),
    Sample(("valve", "tested"), "done", 1.0),
]


def test_other_tables_are_read_only_while_they_are_in_use() -> None:
    shipped = reader("state_weights").weigh(["leaks"])
    with using({"state_weights": regressed(_SAMPLES)}):
        assert reader("state_weights").weigh(["leaks"]).keys() == {"open", "done"}
    assert reader("state_weights").weigh(["leaks"]) == shipped


def test_sums_of_many_votes_below_nothing_are_those_added_one_by_one() -> None:
    rows = {f"f{n}": (500 + n, {"a": -n, "b": 3 * n, "c": -n - 7}) for n in range(1, 400)}
    nothing = dict.fromkeys("abc", 0.0)
    lines = {
        name: f"{rarity} 0:{votes['a']} 1:{votes['b']} 2:{votes['c']}"
        for name, (rarity, votes) in rows.items()
    }
    said = Reader({"labels": list("abc"), "bias": nothing, "slope": nothing, "features": lines})
    length = 100 * math.sqrt(sum(rarity**2 for rarity, _ in rows.values()))
    sums = {at: sum(rarity * votes[at] for rarity, votes in rows.values()) for at in "abc"}
    assert said.weigh(rows) == {at: pytest.approx(vote / length) for at, vote in sums.items()}


def test_the_regression_learns_which_feature_tells_the_labels_apart() -> None:
    table = regressed(_SAMPLES)
    said = Reader(table).weigh(["boiler", "leaks"])
    assert said["open"] > said["done"]


def test_the_same_samples_always_give_the_same_table() -> None:
    assert regressed(_SAMPLES) == regressed(_SAMPLES)


def test_a_pair_of_words_met_once_is_not_shipped() -> None:
    table = regressed([*_SAMPLES, Sample(("pump leaks",), "open", 1.0)])
    assert "pump leaks" not in table["features"]


_STEMS = [("pump", "leak"), ("pump", "seal"), ("radar", "blank"), ("radar", "scanner")]
_DOMAINS = ["ENG-05", "ENG-05", "ETO-01", "ETO-01"]


def _tables() -> dict[str, dict[str, object]]:
    blocks = {
        "turns": Block(_STEMS, 1.0, 1),
        "letters": Block([letters(stems) for stems in _STEMS], 0.7, 1),
    }
    return separated(blocks, _DOMAINS, [1.0] * len(_STEMS))


def test_a_margin_is_on_the_side_of_the_domain_its_words_belong_to() -> None:
    table = _tables()["turns"]
    said = Reader(table).weigh(["radar", "unheard"])
    assert said["ETO-01"] > said["ENG-05"]


def test_the_letters_of_a_word_never_seen_speak_for_its_relatives() -> None:
    table = _tables()["letters"]
    said = Reader(table).weigh(letters(("raddar",)))
    assert said["ETO-01"] > said["ENG-05"]


def test_the_same_samples_always_give_the_same_margins() -> None:
    assert _tables() == _tables()


def test_the_more_there_is_of_a_feature_the_more_it_says() -> None:
    amounts = [{"wet": 0.9}, {"wet": 0.8}, {"wet": 0.1}, {}]
    with using(separated({"ground": Measures(amounts)}, ["S", "S", "I", "I"], [1.0] * 4)):
        much, little = (
            reader("ground").measure({"wet": 1.0}),
            reader("ground").measure({"wet": 0.2}),
        )
    assert much["S"] - much["I"] > little["S"] - little["I"]
