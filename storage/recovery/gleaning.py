"""Every row of a damaged database that can still be read: by the trees, then without them (pure).

A damaged page hides what is below it. Rows on pages that no tree leads to any more are given to a
table whose tree is broken and whose columns they fit, if there is only one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from storage.recovery.pages import (
    TABLE_PAGES,
    Child,
    Damaged,
    Image,
    Page,
    Row,
    read_page,
)


@dataclass
class Gleaned:
    """What was found of one table. `holes`: row numbers that a damaged page could hold."""

    rows: list[Row] = field(default_factory=list)
    loose: list[Row] = field(default_factory=list)
    damaged_pages: list[int] = field(default_factory=list)
    holes: list[tuple[int | None, int | None]] = field(default_factory=list)
    spoilt: int = 0

    @property
    def is_broken(self) -> bool:
        """Whether some page of its tree could not be followed."""
        return bool(self.damaged_pages)


def glean(image: Image, root: int, seen: set[int]) -> Gleaned:
    """All rows below a root; `seen` takes every page that was reached."""
    found = Gleaned()
    ahead: list[tuple[Child, int | None]] = [(Child(root, None), None)]
    while ahead:
        (number, last), after = ahead.pop()
        try:
            page = _fresh(image, number, seen)
        except Damaged:
            found.damaged_pages.append(number)
            found.holes.append((after, last))
            continue
        found.rows += page.rows
        found.spoilt += page.spoilt
        for child in page.children:
            up_to = last if child.last is None else child.last
            ahead.append((Child(child.page, up_to), after))
            after = up_to
    return found


def loose_pages(image: Image, seen: set[int]) -> list[Page]:
    """Pages of rows that no tree leads to, and that are not known to be free."""
    found = []
    for number in sorted(set(range(1, image.count + 1)) - seen - image.free_pages()):
        try:
            page = read_page(image, number)
        except Damaged:
            continue
        if page.rows and not page.children:
            found.append(page)
    return found


Fits = Callable[[Row], bool]


def share_out(pages: Iterable[Page], broken: Sequence[tuple[Gleaned, bool, Fits]]) -> list[Page]:
    """Give each loose page to the one broken table that it fits; those that fit none or several.

    Of a table: what was found of it, whether its rows are numbered, whether a row could be its.
    """
    left = []
    for page in pages:
        fitting = [
            found
            for found, numbered, fits in broken
            if numbered == (page.kind in TABLE_PAGES) and all(map(fits, page.rows))
        ]
        if len(fitting) == 1:
            fitting[0].loose += page.rows
        else:
            left.append(page)
    return left


def _fresh(image: Image, number: int, seen: set[int]) -> Page:
    if number in seen:
        raise Damaged(f"page {number} is reached twice")
    seen.add(number)
    return read_page(image, number)
