"""Sentences and clauses of a narrative, each a verbatim piece of it (pure)."""

import re
from functools import lru_cache

_SENTENCE = re.compile(
    r"(?<=[.!?;])[\s\u00a0]+(?=[\w\"'(#&@\-•*])|\s*[\r\n]+\s*|(?<=[.!?])(?=[A-Z][a-z])"
)
_MAY_END = re.compile(r"[.!?;\r\n]")
_AT_END = ".!?; "
"""What may follow the last word without beginning another sentence."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:no|nr|nos|approx|temp|max|min|stbd|eng|gen|mr|mrs|ms|dr|capt|etc|vs|e\.g|i\.e|vol|"
    r"ref|cyl|abt|dept|tel|sec|hrs|mins|incl|st|dk|tk|elec|emer)\.|^\s*\(?\w{1,2}[.)])$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[.;:!?\n]+\s+|\s+[-–—]+\s+|,\s+|\s+(?=(?:but|however|although|though|and still|yet)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text` in order, each a substring of it, without surrounding space.

    Nothing but space is lost between them; an abbreviation such as "No." ends no sentence.
    """
    if not _MAY_END.search(text.rstrip(_AT_END)):
        return (text.strip(),) if text.strip() else ()
    pieces: list[str] = []
    start = 0
    for gap in _SENTENCE.finditer(text):
        piece = text[start : gap.start()]
        if _goes_on(piece.rstrip(), text[gap.end() : gap.end() + 1]) and "\n" not in gap[0]:
            continue
        pieces.append(piece)
        start = gap.end()
    pieces.append(text[start:])
    return tuple(stripped for piece in pieces if (stripped := piece.strip()))


def _goes_on(piece: str, following: str) -> bool:
    """Whether the full stop ended an abbreviation or sits inside a number ("0. 5")."""
    inside_number = piece[-2:-1].isdigit() and piece[-1:] == "." and following.isdigit()
    return inside_number or bool(_ABBREVIATED.search(piece))


@lru_cache(maxsize=256)
def clauses(sentence: str) -> tuple[str, ...]:
    """The clauses of one sentence: where one thing ends and the next begins."""
    return tuple(piece for piece in _CLAUSE.split(sentence) if piece and piece.strip())
