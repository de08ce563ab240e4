"""What a narrative reads off a scale: with its unit, or by the name of what is read (pure).

"Draft aft 6.40", "meat room at 12" and "19 on board" name no unit; the thing says which is meant.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, sizes_by_start, words

Marks = frozenset[tuple[str, str]]

_SIGNS = {"minus": "-", "plus": ""}
_DEGREES = "celsius"
_READ_AT_ONCE = 2
"""A text that tells more bare numbers than this is a list, of which none can be told apart."""
_DECIMAL = re.compile(r"\d+[.,]\d+")
_CLOCK = re.compile(r"[01]\d[0-5]\d|2[0-3][0-5]\d|\d\d?:\d\d")


def quantities(found: Words) -> Marks:
    """The readings in `found`, as (unit, value)."""
    units = toml("units")
    marks = {
        (units[after], _plain(number))
        for before, number, after in zip(("", *found), found, found[1:], strict=False)
        if number[0].isdigit() and after in units and not _is_signed(before, units[after])
    }
    bare = {(scale, value) for _, scale, value in _bare(found)}
    return frozenset(marks | set(_signed(found)) | bare)


def in_figures(found: Words) -> Words:
    """`found` with the counts in letters as figures: "nine guests" is 9 guests. Before a letter
    they are none: "three a night". "No guests" are 0."""
    numerals = toml("designators")["words"]["numerals"]
    if "no" not in found and numerals.keys().isdisjoint(found):
        return found
    return tuple(
        _in_figures(word, after, numerals)
        for word, after in zip(found, (*found[1:], ""), strict=False)
    )


def _in_figures(word: str, after: str, numerals: Mapping[str, str]) -> str:
    if word == "no" and after in _many():
        return "0"
    return numerals.get(word, word) if len(after) != 1 else word


def read_off(found: Words) -> frozenset[int]:
    """The places of the numbers in `found` that are readings by what is read alone: "heading 212"
    names no heading of that number."""
    return frozenset([index for index, _, _ in _bare(found)])


def scale_words(found: Words) -> frozenset[str]:
    """The words that say what is read and in what: "14 passengers", "19 on board"."""
    units = toml("units")
    counted = {after for number, after in pairwise(found) if number[0].isdigit() and after in units}
    named = {word for start, end, _ in _said(found) for word in found[start:end]}
    return frozenset(counted | named) if _bare(found) else frozenset(counted)


def _signed(found: Words) -> Iterator[tuple[str, str]]:
    """What is told with a sign and no other unit is a temperature."""
    units = toml("units") if not _SIGNS.keys().isdisjoint(found) else {}
    for sign, number, after in (
        zip(found, found[1:], (*found[2:], ""), strict=False) if units else ()
    ):
        if _is_signed(sign, units.get(after, _DEGREES)) and number[0].isdigit():
            yield _DEGREES, _SIGNS[sign] + _plain(number)


def _is_signed(before: str, unit: str) -> bool:
    return before in _SIGNS and unit == _DEGREES


@lru_cache(maxsize=1_024)
def _bare(found: Words) -> list[tuple[int, str, str]]:
    """Where bare numbers stand that are read off the one scale `found` names, with it and them."""
    said = list(_said(found)) if any(word[0].isdigit() for word in found) else []
    scales = {scale for _, _, scale in said}
    if len(scales) != 1:
        return []
    (scale,) = scales
    ends = {end for _, end, _ in said}
    starts = {start for start, _, told in said if told in _told_behind()}
    told = [
        (index, scale, _plain(word))
        for index, word in enumerate(found)
        if word[0].isdigit() and _is_bare(found, index, scale, ends, starts)
    ]
    return told if len(told) <= _READ_AT_ONCE else []


def _is_bare(found: Words, index: int, scale: str, ends: set[int], starts: set[int]) -> bool:
    """Whether a number has no unit, tells no time, and stands where a reading does."""
    before = found[index - 1] if index else ""
    after = found[index + 1] if index + 1 < len(found) else ""
    if after in toml("units") or after in _besides() or _CLOCK.fullmatch(found[index]):
        return False
    led = (
        before in _leading()
        or (index in ends and scale not in _numbered())
        or _DECIMAL.fullmatch(found[index])
    )
    return index + 1 in starts or (before not in _SIGNS and min(ends) <= index and bool(led))


def _said(found: Words) -> Iterator[tuple[int, int, str]]:
    """Each phrase that names a scale: where it begins and ends, and the scale."""
    scales, sizes = _scales()
    for start, word in enumerate(found) if not sizes.keys().isdisjoint(found) else ():
        for size in sizes.get(word, ()):
            if scale := scales.get(found[start : start + size]):
                yield start, start + size, scale
                break


@cache
def _scales() -> tuple[dict[Words, str], dict[str, tuple[int, ...]]]:
    rows = toml("designators")["scales"].items()
    scales = {words(phrase): scale for scale, block in rows for phrase in listed(block)}
    return scales, sizes_by_start(scales)


@cache
def _told_behind() -> frozenset[str]:
    """The scales whose names also stand behind the number: "19 on board"."""
    return frozenset(listed(toml("designators")["words"]["counts"]))


@cache
def _many() -> frozenset[str]:
    """What may be counted and be none: "no guests"."""
    return frozenset(listed(toml("designators")["words"]["many"]))


@cache
def _numbered() -> frozenset[str]:
    """The scales read off things that are numbered themselves: freezer 2 is not at 2."""
    return frozenset(listed(toml("designators")["words"]["numbered"]))


@cache
def _leading() -> frozenset[str]:
    """Words a reading stands behind: "reads 6.4", "now at 12"."""
    return frozenset(listed(toml("designators")["words"]["leading"]))


@cache
def _besides() -> frozenset[str]:
    """Words before which a number tells when or how often."""
    return frozenset(listed(toml("designators")["words"]["besides"]))


def _plain(number: str) -> str:
    text = number.replace(",", ".")
    return text.rstrip("0").rstrip(".") if "." in text else text
