"""From a narrative to its words: folded, expanded, spelled as the knowledge spells them (pure).

    text → chunks → words (abbreviations written out) → stems (spelling folded, endings cut)

Nothing here changes what is stored: a narrative is kept verbatim, this is only how it is read.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import zip_longest
from threading import Lock

from storage.taxonomy import spelling
from storage.taxonomy.knowledge import table, toml

READ_LIMIT = 12_000
"""Characters of a narrative that are read; a longer one is kept whole but judged by its start."""

_MARKUP = re.compile(r"<[^<>]{1,300}>|https?://\S+|\x1b\[[0-9;?]*[A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CHUNK = re.compile(r"[^\W_]+(?:['/&.,:+-][^\W_]+)*|[#%°&]")
_PIECE = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|[#%°&]")
_CONTRACTED = re.compile(r"^(.*[a-z])n't$")
_LITRES_PER_HOUR = re.compile(r"(?<=\d)\s*[lL]/h\b|(?<=\d\d)\s*L/H\b")
_THOUSANDS = re.compile(r"\b([1-9]\d{0,2}),(\d{3})\b")
_SIGNED = re.compile(r"(?<![^ (])[-\u2212\u2013+](?=\d)")
_SIGNS = {"+": "plus "}
_SIGN_MARKS = frozenset("+-\u2212\u2013")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]", re.IGNORECASE)
_SIDE = re.compile(r"(?<=\d)\s?([PS])\b|^([PS])(?= (?!band)[a-z])")
_SIDES = {"P": " port", "S": " starboard"}
_FULL = {"wo": "will", "ca": "can", "sha": "shall"}
_SHORTENED = re.compile(r"'(?:s|re|ve|ll|m|d)$")
_NUMBER_WORDS = frozenset({"no", "nr", "nos", "n"})
_ARTICLES = frozenset({"the", "a", "an"})

_STEMMER_TURN = Lock()
"""The stemmer works in fields of its own: two threads at once get each other's letters."""

Words = tuple[str, ...]


def clean(text: str) -> str:
    """`text` without markup, control and direction characters, in one Unicode spelling."""
    read = text[:READ_LIMIT]
    if read.isascii() and read.isprintable() and "<" not in read and "://" not in read:
        return read
    folded = unicodedata.normalize("NFKC", read).replace("\u2019", "'")
    return _CONTROL.sub(" ", _MARKUP.sub(" ", folded))


@lru_cache(maxsize=4_096)
def words(text: str) -> Words:
    """The words and numbers of `text`, lower case, abbreviations written out."""
    flow = clean(text)
    if "l/h" in flow.lower():
        flow = _LITRES_PER_HOUR.sub(" litres hour", flow)
    if "," in flow:
        flow = _THOUSANDS.sub(r"\1\2", flow)
    if not _SIGN_MARKS.isdisjoint(flow):
        flow = _SIGNED.sub(lambda sign: _SIGNS.get(sign[0], "minus "), flow)
    if "P" in flow or "S" in flow:
        flow = _SIDE.sub(_side, flow)
    found = [word for chunk in _CHUNK.findall(flow) for word in _expand(chunk)]
    return tuple(found) if _NUMBER_WORDS.isdisjoint(found) else tuple(_numbered(found))


@lru_cache(maxsize=4_096)
def plain(found: Words) -> Words:
    """`found` without articles and numbers, endings kept: "replaced" is not "replace"."""
    return tuple([word for word in found if word[0].isalpha() and word not in _ARTICLES])


@lru_cache(maxsize=1_024)
def stems(found: Words) -> Words:
    """The stems of `found`, without numbers, signs and articles; unknown spellings folded."""
    return tuple(map(stem, plain(found)))


def sizes_by_start(phrases: Iterable[Words]) -> dict[str, tuple[int, ...]]:
    """How long the phrases are that each first word begins, longest first."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        sizes[phrase[0]].add(len(phrase))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}


def _side(letter: re.Match[str]) -> str:
    """The side a letter stands for behind a number or before a noun: "tank 3 P", "P crane"."""
    return _SIDES[letter[1] or letter[2]]


def _numbered(found: list[str]) -> Iterator[str]:
    """`found` with the "no" of "no 2" read as a number sign: it negates nothing."""
    for word, after in zip_longest(found, found[1:], fillvalue=""):
        yield "#" if word in _NUMBER_WORDS and after[:1].isdigit() else word


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one word, after folding a rare spelling to a known neighbour."""
    return cut_ending(spelled(word))


@lru_cache(maxsize=65_536)
def spelled(word: str) -> str:
    """`word`, or the known word it is a rare spelling of."""
    if len(word) < 5 or cut_ending(word) in known_stems():
        return word
    return spelling.nearest(word, known_words()) or word


@lru_cache(maxsize=65_536)
def cut_ending(word: str) -> str:
    """The Snowball stem of one word as it is spelled; those of known words are shipped, for speed
    at the first use."""
    shipped: str | None = table("stems")["stems"].get(word)
    if shipped is not None:
        return shipped
    with _STEMMER_TURN:
        return _stemmer()(word)


@cache
def known_words() -> frozenset[str]:
    """Every word the knowledge itself uses: what a typo may be folded to."""
    return frozenset(_PIECE.findall(" ".join(spelling.vocabulary())))


@cache
def known_stems() -> frozenset[str]:
    """Stems that are spelled right: those of the knowledge and of the background table."""
    return frozenset(map(cut_ending, known_words())) | spelling.seen_stems()


@lru_cache(maxsize=65_536)
def _expand(chunk: str) -> Words:
    capitals, anywhere = _abbreviations()
    if _DOTTED.fullmatch(chunk):
        chunk = chunk.replace(".", "")
    if chunk in capitals:
        return capitals[chunk]
    lower = chunk.lower()
    if lower in anywhere:
        return anywhere[lower]
    if lower.endswith("'s"):
        return _expand(chunk[:-2])
    shouted = chunk.isupper()
    return tuple(word for piece in _PIECE.findall(lower) for word in _expand_piece(piece, shouted))


def _expand_piece(piece: str, shouted: bool) -> Words:
    capitals, anywhere = _abbreviations()
    if shouted and piece.upper() in capitals:
        return capitals[piece.upper()]
    if piece in anywhere:
        return anywhere[piece]
    if contracted := _CONTRACTED.match(piece):
        return (_FULL.get(contracted[1], contracted[1]), "not")
    return (_SHORTENED.sub("", piece),)


@cache
def _abbreviations() -> tuple[dict[str, Words], dict[str, Words]]:
    tables = toml("abbreviations")
    capitals, anywhere = (
        {short: tuple(long.split()) for short, long in tables[name].items()}
        for name in ("capitals", "anywhere")
    )
    return capitals, anywhere


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer  # late: most narratives hold only words whose stems are shipped

    found: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return found
