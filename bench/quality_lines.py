"""The labelled lines of our own writing: how the files are read."""

from pathlib import Path
from typing import NamedTuple

QUALITY_SET = Path(__file__).parent / "quality_set"

RISKS = {
    "S": "Safety_Critical",
    "C": "Compliance_Critical",
    "G": "Guest_Impacting",
    "$": "Cost_Impacting",
    "D": "Operational_Debt",
    "I": "Informational",
}
_TUNED = ("lines_tune", "lines_more", "lines_calm", "lines_engineering", "lines_bridge",
          "lines_hotel", "lines_orders", "lines_risks", "lines_voices", "lines_terse",
          "lines_told", "lines_gravity", "lines_seventh", "lines_eighth", "lines_cargo",
          "lines_offshore", "lines_hotel_ships", "lines_leisure",
          "lines_masters")  # fmt: skip
_TUNED_PAIRS = ("pairs_tune", "pairs_more", "pairs_ships", "pairs_crews", "pairs_watches",
                "pairs_cargo", "pairs_offshore", "pairs_leisure", "pairs_crews_two")  # fmt: skip
_STRANGERS = ("pairs_sixth", "pairs_seventh", "pairs_eighth")
STATES = {"o": "open", "d": "done", "r": "restriction", "n": "none"}


class Line(NamedTuple):
    """One labelled line: what a careful officer would have said of it."""

    text: str
    domain: str
    also_ok: tuple[str, ...]
    risk: str
    state: str
    planning: bool


class Pair(NamedTuple):
    """Two lines and what they are to each other, `hours` apart."""

    kind: str
    hours: float
    one: str
    two: str


def lines(name: str) -> list[Line]:
    """The labelled lines of quality_set/`name`.txt."""
    return [_line(row) for row in rows(name)]


def tuning_lines() -> list[Line]:
    """The lines that may be looked at and fitted on; the held ones are never among them."""
    return [line for name in _TUNED for line in lines(name)]


def pairs(name: str) -> list[Pair]:
    """The labelled pairs of quality_set/`name`.txt."""
    split = (row.split("|") for row in rows(name))
    return [Pair(kind, float(hours), one.strip(), two.strip()) for kind, hours, one, two in split]


def tuning_pairs() -> list[Pair]:
    """The pairs that may be looked at and fitted on; the held ones are never among them."""
    return [pair for name in _TUNED_PAIRS for pair in pairs(name)]


def fitted_pairs() -> list[Pair]:
    """The tuning pairs, and those of strangers: scored cold once, then looked at and fitted on."""
    return [*tuning_pairs(), *(pair for name in _STRANGERS for pair in pairs(name))]


def _line(row: str) -> Line:
    domain, also, risk, state, planning, text = row.split("|", 5)
    others = tuple(code for code in also.split(",") if code)
    return Line(text.strip(), domain, others, RISKS[risk], STATES[state], planning == "1")


def rows(name: str) -> list[str]:
    """The rows of quality_set/`name`.txt without its comments."""
    text = (QUALITY_SET / f"{name}.txt").read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]
