"""How a feature and its votes are written down: the lines that storage/taxonomy/linear.py reads."""

from collections.abc import Iterable


def written(rarity: float, votes: Iterable[tuple[int, float]]) -> str:
    """A feature of this rarity with the place and the vote of each label, in whole hundredths."""
    told = [f"{place}:{round(100 * vote)}" for place, vote in votes]
    return " ".join([str(round(100 * rarity)), *told])
