"""Fitting words into cells (pure): a wide character counts two, and no line is ever wider."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells, set_cell_size

from storage.text import visible


def cells(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words where that is possible.

    Its own line ends are kept; an empty text is one empty line.
    """
    return [line for part in text.split("\n") for line in _filled(part, max(width, 1))]


def cut(text: str, width: int) -> str:
    """The text, or its beginning and `…`, in at most `width` cells."""
    if cells(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def one_line(text: str, width: int) -> str:
    """Stored words on one line, made safe to look at and cut to `width` cells."""
    return cut(" ".join(visible(text[: 8 * max(width, 1)]).split()), width)


def _filled(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for word in text.split(" "):
        size = cells(word)
        if used and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if used:
            yield line
        *full, line = chop_cells(word, width) if size > width else [word]
        yield from full
        used = cells(line)
    yield line
