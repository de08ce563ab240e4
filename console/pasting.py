"""What is pasted, told apart from what is typed.

Textual's parser leaves a paste at the first escape in it and takes the rest for keys: `q` in a
pasted log would leave the console, `y` would answer its question. And a terminal that marks no
paste gives it as keys: a hundred thousand of them take minutes, and nothing is drawn meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass

BEGINS, ENDS = "\x1b[200~", "\x1b[201~"
"""What a terminal writes around a paste (bracketed paste)."""
FEWEST = 3
"""An escape, or an escape and a bracket, may be a key: outside of a paste they wait for nothing."""
NO_HAND = 64
"""Nobody types so many characters between two looks at the keys; a key held down repeats one."""


@dataclass(frozen=True)
class Typed:
    """Keys, and what else the terminal says of itself."""

    text: str


@dataclass(frozen=True)
class Pasted:
    """One whole paste, as it stands."""

    text: str


class Pastes:
    """Cuts what comes from the terminal, in whatever pieces it arrives."""

    def __init__(self) -> None:
        self._held = ""
        self._open: list[str] | None = None
        """The pieces of a paste whose end has not come yet."""

    def feed(self, text: str) -> Iterator[Typed | Pasted]:
        """What is complete with this text."""
        rest, self._held = self._held + text, ""
        while rest:
            mark, fewest = (BEGINS, FEWEST) if self._open is None else (ENDS, 1)
            before, found, rest = rest.partition(mark)
            if not found:
                before, self._held = _without_beginning_of(mark, before, fewest)
            yield from self._take(before, bool(found))

    def _take(self, before: str, at_mark: bool) -> Iterator[Typed | Pasted]:
        if self._open is None:
            if before:
                yield Pasted(_with_line_feeds(before)) if _is_no_hand(before) else Typed(before)
            self._open = [] if at_mark else None
            return
        self._open.append(before)
        if at_mark:
            text, self._open = "".join(self._open), None
            yield Pasted(_with_line_feeds(text).replace("\0", ""))


def _is_no_hand(text: str) -> bool:
    """Whether so much text at once comes from a paste the terminal did not mark."""
    return (
        len(text) >= NO_HAND
        and len(set(text)) > 2
        and all(char.isprintable() or char in "\t\r\n" for char in text)
    )


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_beginning_of(mark: str, text: str, fewest: int) -> tuple[str, str]:
    """A text, and what at its end may be the beginning of a mark that is still to come."""
    for size in range(len(mark) - 1, fewest - 1, -1):
        if text.endswith(mark[:size]):
            return text[:-size], text[-size:]
    return text, ""
