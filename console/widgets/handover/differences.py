"""Which words of nearly equal texts differ, so that a person can decide at a glance (pure)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel
from textual.content import Content

from console.widgets.handover.marks import DIFFERS
from storage.text import visible

_WORDS = re.compile(r"\w+(?:[.,:/-]\w+)*|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of text, and whether the other texts lack its word."""

    text: str
    differs: bool


def differences(texts: Sequence[str]) -> list[list[Piece]]:
    """Each text in pieces; a word that is not in every other text, in order, differs.

    Letter case and spacing never differ; `12`, `12.5` and `#2` are words like any other.
    """
    found = [list(_WORDS.finditer(text)) for text in texts]
    keys = [[match[0].casefold() for match in matches] for matches in found]
    return [_pieces(text, found[place], _shared(place, keys)) for place, text in enumerate(texts)]


def side_by_side(texts: Sequence[str]) -> list[Content]:
    """The texts made safe to look at, differing words marked."""
    return [
        Content.assemble(*((p.text, DIFFERS) if p.differs else p.text for p in pieces))
        for pieces in differences([visible(text) for text in texts])
    ]


def _shared(place: int, keys: Sequence[Sequence[str]]) -> set[int]:
    """The words of one text that every other text has too."""
    shared = set(range(len(keys[place])))
    for other, words in enumerate(keys):
        if other != place:
            blocks = Indel.opcodes(keys[place], words)
            shared &= {
                index
                for block in blocks
                if block.tag == "equal"
                for index in range(block.src_start, block.src_end)
            }
    return shared


def _pieces(text: str, words: Sequence[re.Match[str]], shared: set[int]) -> list[Piece]:
    pieces, done = [], 0
    for index, word in enumerate(words):
        if index not in shared:
            pieces += [Piece(text[done : word.start()], False), Piece(word[0], True)]
            done = word.end()
    pieces.append(Piece(text[done:], False))
    return [piece for piece in pieces if piece.text]
