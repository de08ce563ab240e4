"""A SQLite file read page by page, as its format is published, without asking the engine (pure).

The engine stops at the first page it cannot follow; this goes on. The newest committed page is the
one in the write-ahead log, if that has it.
"""

import struct
from collections.abc import Iterator, Mapping
from mmap import mmap
from typing import NamedTuple

HEADER = b"SQLite format 3\x00"
HEADER_SIZE = 100
USUAL_PAGE = 4096
INTERIOR_TABLE, LEAF_TABLE, INTERIOR_INDEX, LEAF_INDEX = 5, 13, 2, 10
TABLE_PAGES = (INTERIOR_TABLE, LEAF_TABLE)
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Cells = int | float | str | bytes | None


class Damaged(Exception):
    """This page, or a page it needs, is not what it should be."""


class Child(NamedTuple):
    """A page below; of a table, the last row number it may hold (None: no limit)."""

    page: int
    last: int | None


class Row(NamedTuple):
    """A stored record, and its row number in a table that has one."""

    rowid: int
    values: tuple[Cells, ...]


class Image:
    """The pages of a database: its file, and what its write-ahead log has of them."""

    def __init__(self, data: bytes | mmap, logged: Mapping[int, bytes]) -> None:
        self._data, self._logged = data, logged
        self.first = logged.get(1, data[:HEADER_SIZE])
        size = int.from_bytes(self.first[16:18], "big")
        self.has_header = self.first.startswith(HEADER) and size.bit_count() == 1
        self.size = (65536 if size == 1 else size) if self.has_header else USUAL_PAGE
        self.usable = self.size - (self.first[20] if self.has_header else 0)
        self.count = max([len(data) // self.size, *logged])

    def page(self, number: int) -> bytes:
        """The bytes of a page, counted from 1.

        Raises:
            Damaged: there is no such page.
        """
        start = (number - 1) * self.size
        found = self._logged.get(number) or self._data[start : start + self.size]
        if number < 1 or len(found) != self.size:
            raise Damaged(f"there is no page {number}")
        return found

    def free_pages(self) -> set[int]:
        """The pages that hold nothing any more, as far as the list of them can be followed."""
        found: set[int] = set()
        trunk = int.from_bytes(self.first[32:36], "big") if self.has_header else 0
        while 0 < trunk <= self.count and trunk not in found:
            page = self.page(trunk)
            found.add(trunk)
            trunk, leaves = struct.unpack(">II", page[:8])
            leaves = min(leaves, self.usable // 4 - 2)
            found.update(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
        return found


class Page(NamedTuple):
    """One page of a tree."""

    kind: int
    children: tuple[Child, ...]
    rows: tuple[Row, ...]
    spoilt: int
    """Rows that could not be read: a page they continue on is damaged."""


def read_page(image: Image, number: int) -> Page:
    """A page of a tree, its rows whole.

    Raises:
        Damaged: it is no page of a tree.
    """
    data = image.page(number)
    start = HEADER_SIZE if number == 1 else 0
    kind = data[start]
    if kind not in (*TABLE_PAGES, INTERIOR_INDEX, LEAF_INDEX):
        raise Damaged(f"page {number} is of no known kind")
    interior = kind in (INTERIOR_TABLE, INTERIOR_INDEX)
    cells = int.from_bytes(data[start + 3 : start + 5], "big")
    first = start + (12 if interior else 8)
    if first + 2 * cells > image.usable:
        raise Damaged(f"page {number} claims {cells} cells")
    offsets = struct.unpack(f">{cells}H", data[first : first + 2 * cells])
    if any(not first + 2 * cells <= offset < image.usable for offset in offsets):
        raise Damaged(f"page {number} has a cell outside itself")
    return _cells(image, data, kind, offsets, start if interior else None)


def _cells(
    image: Image, data: bytes, kind: int, offsets: tuple[int, ...], interior: int | None
) -> Page:
    children, rows, spoilt = [], [], 0
    for offset in offsets:
        last = None
        if interior is not None:
            child = int.from_bytes(data[offset : offset + 4], "big")
            offset += 4
            if kind == INTERIOR_TABLE:
                last, _ = _varint(data, offset)
            children.append(Child(child, last))
        if kind != INTERIOR_TABLE:
            try:
                rows.append(_row(image, data, kind, offset))
            except (Damaged, IndexError, UnicodeDecodeError, struct.error):
                spoilt += 1
    if interior is not None:
        right = int.from_bytes(data[interior + 8 : interior + 12], "big")
        children.append(Child(right, None))
    return Page(kind, tuple(children), tuple(rows), spoilt)


def _row(image: Image, data: bytes, kind: int, offset: int) -> Row:
    length, offset = _varint(data, offset)
    rowid = 0
    if kind == LEAF_TABLE:
        rowid, offset = _varint(data, offset)
        rowid -= (rowid >= 1 << 63) << 64
    payload = b"".join(_payload(image, data, kind, offset, length))
    return Row(rowid, tuple(_values(payload)))


def _payload(image: Image, data: bytes, kind: int, offset: int, length: int) -> Iterator[bytes]:
    """What a cell holds, and what of it continues on pages of its own."""
    usable = image.usable
    most = usable - 35 if kind == LEAF_TABLE else (usable - 12) * 64 // 255 - 23
    least = (usable - 12) * 32 // 255 - 23
    here = length
    if length > most:
        here = least + (length - least) % (usable - 4)
        here = least if here > most else here
    if length > image.count * image.size or offset + here > usable:
        raise Damaged("a cell is longer than its page")
    yield data[offset : offset + here]
    following = int.from_bytes(data[offset + here : offset + here + 4], "big")
    left = length - here
    while left > 0:
        page = image.page(following)
        yield page[4 : 4 + min(left, usable - 4)]
        following, left = int.from_bytes(page[:4], "big"), left - (usable - 4)
        if (following == 0) != (left <= 0):
            raise Damaged("a long row does not end where it should")


def _values(payload: bytes) -> Iterator[Cells]:
    size, place = _varint(payload, 0)
    body = size
    while place < size:
        serial, place = _varint(payload, place)
        value, width = _value(serial, payload, body)
        body += width
        yield value
    if body != len(payload):
        raise Damaged("a row is not as long as it says")


def _value(serial: int, payload: bytes, at: int) -> tuple[Cells, int]:
    if serial == 0:
        return None, 0
    if serial in _INTEGERS:
        width = _INTEGERS[serial]
        return int.from_bytes(payload[at : at + width], "big", signed=True), width
    if serial == 7:
        return float(struct.unpack(">d", payload[at : at + 8])[0]), 8
    if serial in (8, 9):
        return serial - 8, 0
    if serial < 12:
        raise Damaged("a value is of no known kind")
    width = (serial - 12) // 2
    raw = payload[at : at + width]
    return (raw.decode() if serial % 2 else raw), width


def _varint(data: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        byte = data[offset + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset + n + 1
    return value << 8 | data[offset + 8], offset + 9
