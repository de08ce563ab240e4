"""What makes it doubtful that two narratives are the same fact, though it excludes none (pure).

Who reports the aft winch and who reports the port aft winch may mean one or two: a person who is
asked to merge them is asked too much. What came of a fact later may well be told in other numbers,
of another part and more closely, so none of this stands against progress or a contradiction.
"""

from functools import cache, lru_cache

from storage.taxonomy.designators import loose_numbers
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.opposites import planned
from storage.taxonomy.reading import Reading
from storage.taxonomy.scales import Marks
from storage.taxonomy.words import Words
from worker.pipeline.veto import LONG, both_name

_HOURS = frozenset({"h", "hour", "hours", "hourly"})


def unsure_of_one(one: Reading, two: Reading) -> bool:
    """Whether two short texts may well speak of two: both say where and one more closely ("aft
    winch", "port aft winch"), both name parts and not the same, or both name numbers and one of
    them more. A time of day or a reading that one of them adds is no such number."""
    if max(len(one.words), len(two.words)) > LONG:
        return False
    return (
        (both_name(one.sides, two.sides) and both_name(_places(one.sides), _places(two.sides)))
        or both_name(one.features.parts, two.features.parts)
        or (both_name(one.numbers, two.numbers) and _one_has_more(one, two))
    )


def _one_has_more(one: Reading, two: Reading) -> bool:
    return not one.numbers ^ two.numbers <= _told_besides(one) | _told_besides(two)


def tells_time(reading: Reading) -> bool:
    """Whether a time of day is named: 0600, 18:30."""
    return bool(_times(reading.words))


def planned_apart(one: Reading, two: Reading) -> bool:
    """Whether both say when something is to be, at no common time: "pilot booked for 0500"."""
    if planned().isdisjoint(one.words) or planned().isdisjoint(two.words):
        return False
    times, times_too = _times(one.words), _times(two.words)
    return bool(times and times_too) and times.isdisjoint(times_too)


@lru_cache(maxsize=4_096)
def _times(found: Words) -> frozenset[str]:
    """The times of day `found` names, as its numbers are told. What is done every 1000 h is
    none."""
    pairs = zip(found, (*found[1:], ""), strict=True)
    times = [word for word, after in pairs if _is_time(word, after)]
    return loose_numbers(tuple(times)) if times else frozenset()


def _is_time(word: str, after: str) -> bool:
    digits = word.replace(":", "")
    on_a_clock = len(digits) == 4 and digits.isdigit() and digits < "2400"
    return on_a_clock and (word[0] == "0" or after not in _HOURS)


def _told_besides(reading: Reading) -> frozenset[str]:
    """Its times and the values of its readings."""
    return _times(reading.words) | {value for _, value in reading.quantities}


def _places(sides: Marks) -> Marks:
    """The ends of axes in space."""
    return frozenset([mark for mark in sides if mark[0] in _in_space()])


@cache
def _in_space() -> frozenset[str]:
    return frozenset(listed(toml("designators")["words"]["spatial"]))
