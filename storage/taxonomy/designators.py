"""Which unit, which side, which reading: what tells a fact from its near miss (pure).

Only a number attached to an equipment noun is a designator. Dates, times, running hours and counts
are not: on long narratives they differ without the fact being another.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.scales import Marks, read_off
from storage.taxonomy.words import Words, cut_ending, known_stems

_UNIT = "unit"
_ANY = "#"
_NUMBER_SIGNS = frozenset({"number", "numbers", "#"})
_NAME = re.compile(r"(?:(?<=[a-z0-9,;:)] )|(?<=Mr )|(?<=Mrs )|(?<=Ms ))[A-Z][a-z]{2,}\b")
_QUOTED = re.compile(r"""(?<!\w)(['"])([A-Z][\w .-]{1,30}?)\1(?!\w)""")
_JOINERS = frozenset({"&", "and", "or"})
_EVERY = frozenset({"all", "both"})
_LETTERS = frozenset("abcdefgh")
_TWINS = frozenset("abc")
_LOOK_AHEAD = 4
_LOOK_BACK = 8


def designators(found: Words) -> Marks:
    """The units `found` names, as (kind, value); kind "#" when the noun is not said."""
    every = {("every", "all") for word in found if word in _EVERY}
    return frozenset(_numbered(found)) | frozenset(_lettered(found)) | every


def names(text: str) -> Marks:
    """People, places and makers named in `text`: capitalised words the knowledge does not know."""
    found = {name.lower() for name in ([] if text.isupper() else _NAME.findall(text))}
    quoted = (
        {name.lower() for _, name in _QUOTED.findall(text)} if "'" in text or '"' in text else ()
    )
    return frozenset(
        [("name", name) for name in found if not _is_known(name)]
        + [("name", name) for name in quoted if not all(map(_is_known, name.split()))]
    )


def loose_numbers(found: Words) -> frozenset[str]:
    """Every number in `found` as said, whole hours as hours: "0700" and "7" are one."""
    return frozenset(_hour(word) for word in found if word[0].isdigit())


def _numbered(found: Words) -> Iterator[tuple[str, str]]:
    readings = read_off(found)
    for index, word in enumerate(found):
        value = _value(found, index) if word[0].isdigit() and index not in readings else None
        if value is None or _follows_unit_of_measure(found, index):
            continue
        kind = (
            _voltage(found, index) or _kind_before(found, index) or _kind_after(found, index, word)
        )
        if kind:
            yield kind, value + _twin(found, index)


def _twin(found: Words, index: int) -> str:
    """The letter of twins that share a number, where nothing but a state follows: "filter 2A"."""
    letter, after = (*found[index + 1 : index + 3], "", "")[:2]
    lone = letter in _TWINS and (not after or after in _ended_by() or after in stop_words())
    return letter if lone else ""


def _lettered(found: Words) -> Iterator[tuple[str, str]]:
    """Units named by a letter; beside "blower A" a "B" that stands alone is another blower."""
    kinds = _kinds()
    told = [*pairwise(found)] if not _LETTERS.isdisjoint(found) else []
    named = {kinds[cut_ending(before)] for before, after in told if _names_letter(before, after)}
    for before, after in told:
        if _names_letter(before, after):
            yield kinds[cut_ending(before)], after
        elif _is_letter(before) and before != "a" and after == "deck":
            yield "deck", before
        elif _is_letter(after) and after != "a" and before.isalpha() and len(named) == 1:
            yield min(named), after


def _names_letter(before: str, after: str) -> bool:
    return _is_letter(after) and cut_ending(before) in _kinds()


def _value(found: Words, index: int) -> str | None:
    word = found[index]
    if _is_number(word) and len(word) <= 4:
        return str(int(word))
    ordinal = word.rstrip("stndrh")
    if _is_number(ordinal) and ordinal != word and len(ordinal) <= 2:
        return None if _next_is_rank(found, index) else str(int(ordinal))
    return None


def _voltage(found: Words, index: int) -> str | None:
    following = found[index + 1] if index + 1 < len(found) else ""
    return "volt" if following in {"v", "volt", "volts"} else None


def _kind_before(found: Words, index: int) -> str | None:
    """The kind a number gets from what stands before it: "pump 2", "no 2", "2 & 3"."""
    back = index - 1
    signed = False
    while back >= max(0, index - _LOOK_BACK) and _is_listed(found[back]):
        signed = signed or found[back] in _NUMBER_SIGNS
        back -= 1
    noun = _kinds().get(cut_ending(found[back])) if back >= 0 else None
    if noun:
        return noun
    if signed:
        return _kind_ahead(found, index) or _ANY
    return _ANY if back >= 0 and _stands_alone(found, back, index) else None


def _stands_alone(found: Words, back: int, index: int) -> bool:
    """Whether a number ends what it stands behind: "covers 2 & 3 leaking", not "holds 5 people"."""
    rest = (
        word
        for word in found[index + 1 : index + 1 + _LOOK_BACK]
        if not word.isdigit() and word not in _JOINERS
    )
    after = next(rest, "")
    before = found[back]
    if (
        before == "minus"
        or not before.isalpha()
        or len(before) < 3
        or before in stop_words()
        or len(found[index]) > 2
    ):
        return False
    return not after or after in stop_words() or after in _ended_by()


def _kind_after(found: Words, index: int, word: str) -> str | None:
    """The kind of "1st compressor" and of a list such as "2 & 4 intakes"."""
    following = found[index + 1] if index + 1 < len(found) else ""
    if not word.isdigit() or following in _JOINERS or following.isdigit():
        return _kind_ahead(found, index)
    listed_before = found[max(0, index - 2) : index]
    if listed_before and (
        listed_before[-1].isdigit()
        or (listed_before[-1] in _JOINERS and listed_before[0].isdigit())
    ):
        return _kind_ahead(found, index)
    return None


def _kind_ahead(found: Words, index: int) -> str | None:
    noun = noun_ahead(found, index)
    return _kinds()[noun] if noun else None


def noun_ahead(found: Words, index: int) -> str | None:
    """The stem of the first equipment noun in the next few words."""
    ahead = map(cut_ending, found[index + 1 : index + 1 + _LOOK_AHEAD])
    return next((word for word in ahead if word in _kinds()), None)


def _follows_unit_of_measure(found: Words, index: int) -> bool:
    """Whether the number is a reading ("75 %"), which is not a designator; volts are both. What is
    more than one is told in the plural: the cable of "loop 3 cable" is none of three. Of "2 C" the
    letter is a twin's, of "455 C" a temperature's."""
    after = found[index + 1] if index + 1 < len(found) else ""
    if after in _ones() and found[index] != "1":
        return False
    if after in {"c", "f"}:
        return len(found[index]) > 2
    return after in toml("units") and after not in {"v", "volt", "volts", "a", "m", "l"}


def _is_listed(word: str) -> bool:
    return word in _NUMBER_SIGNS or word in _JOINERS or _is_number(word)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _next_is_rank(found: Words, index: int) -> bool:
    after = found[index + 1] if index + 1 < len(found) else ""
    return after in _ranks()


def _is_letter(word: str) -> bool:
    return word in _LETTERS


def _is_known(word: str) -> bool:
    return cut_ending(word) in known_stems() or word in _calendar()


def _hour(number: str) -> str:
    digits = number.replace(":", "").replace(".", "")
    if len(digits) == 4 and digits.endswith("00") and _is_number(digits) and int(digits) <= 2400:
        return str(int(digits[:2]))
    return number.lstrip("0") or "0"


@cache
def _kinds() -> dict[str, str]:
    tables = toml("designators")
    units = {cut_ending(word.split()[-1]): _UNIT for word in listed(tables["unit"])}
    own = {cut_ending(word): word for word in listed(tables["own_kind"])}
    return units | own


@cache
def _calendar() -> frozenset[str]:
    return frozenset(listed(toml("designators")["words"]["calendar"]))


@cache
def _ended_by() -> frozenset[str]:
    conditions = toml("synonyms")["conditions"].values()
    return frozenset(phrase for block in conditions for phrase in listed(block))


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about which fact it is."""
    return frozenset(listed(toml("stop")["words"]))


@cache
def _ranks() -> frozenset[str]:
    return frozenset(listed(toml("designators")["words"]["ranks"]))


@cache
def _ones() -> frozenset[str]:
    return frozenset(listed(toml("designators")["words"]["ones"]))
