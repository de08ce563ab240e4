"""The filter language of every list, on screen and on the command line (pure).

    words                       rows in which every word occurs
    "two words"                 … together, as written
    status:failed               a field has a value; `status:failed,cancelled` one of several
    priority>=3  seq<100        numbers and times compare with > >= < <=
    not kind:debug  -kind:debug what must not hold
    a b  ·  a and b             both
    a or b  ·  (a or b) c       either; brackets say what belongs together

It is read while it is typed, so what is not finished yet asks for nothing: an open quotation or
bracket is closed, a field without a value and a last `and` are left out.
"""

import re
from collections.abc import Sequence
from functools import reduce
from typing import Literal

from storage.errors import BadInput
from storage.value import Value

Operator = Literal[":", "!=", ">", ">=", "<", "<="]
LONGEST = 1_000
MOST = 50
"""Parts of one filter: the store reads a longer chain by recursion."""


class Word(Value):
    """A word, or a quotation, that must occur."""

    text: str


class Term(Value):
    """A field compared with a value, or with one of several."""

    field: str
    operator: Operator
    values: tuple[str, ...]


class Not(Value):
    """What must not hold."""

    of: "Expression"


class Both(Value):
    """Two that must both hold."""

    left: "Expression"
    right: "Expression"


class Either(Value):
    """Two of which one must hold."""

    left: "Expression"
    right: "Expression"


Expression = Word | Term | Not | Both | Either
for _value in (Not, Both, Either):
    _value.model_rebuild()

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<bracket>[()])
      | (?P<minus>-)(?=[^\s)])
      | (?P<field>[A-Za-z_]+)(?P<operator>!=|>=|<=|[:=><])
      | "(?P<quoted>[^"]*)(?:"|$)
      | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
_SAID: dict[Operator, str] = {
    ":": "is", "!=": "is not", ">": "over", ">=": "from", "<": "under", "<=": "up to",
}  # fmt: skip
_VALUE = re.compile(r'"([^"]*)(?:"|$)|([^\s,()"]+)')


def parse(text: str) -> Expression | None:
    """What a filter asks for; None when it asks for nothing.

    Raises:
        BadInput: a bracket closes that was never opened, or it is too long or has too many parts.
    """
    if len(text) > LONGEST:
        raise BadInput(why=f"A filter has at most {LONGEST:,} characters.")
    reading = _Reading(text)
    found = reading.either()
    if not reading.is_done():
        raise BadInput(why="A bracket closes in the filter that was never opened.")
    return found


def words_of(expression: Expression | None) -> tuple[str, ...]:
    """The words that must occur, in their order: what a list may highlight."""
    match expression:
        case Word(text=text):
            return (text,)
        case Both(left=left, right=right) | Either(left=left, right=right):
            return words_of(left) + words_of(right)
        case _:
            return ()


def fields_of(expression: Expression) -> frozenset[str]:
    """The fields it asks about; a bare word asks about the field without a name."""
    match expression:
        case Term(field=field):
            return frozenset({field})
        case Not(of=inner):
            return fields_of(inner)
        case Both(left=left, right=right) | Either(left=left, right=right):
            return fields_of(left) | fields_of(right)
        case _:
            return frozenset({""})


def in_words(expression: Expression) -> str:
    """What it asks for as a sentence says it: `status is failed or cancelled, and not “pump”`."""
    match expression:
        case Word(text=text):
            return f"“{text}”"
        case Term(field=field, operator=operator, values=values):
            return f"{field} {_SAID[operator]} {' or '.join(values)}"
        case Not(of=inner):
            return f"not ({in_words(inner)})" if _is_joined(inner) else f"not {in_words(inner)}"
        case Both(left=left, right=right):
            return f"{_grouped(left, Either)}, and {_grouped(right, Either)}"
        case Either(left=left, right=right):
            return f"{_grouped(left, Both)}, or {_grouped(right, Both)}"


def query_in_words(query: Value) -> str:
    """What a noun's query asks for, as a confirmation and the audit log say it."""
    own = ("ids", "where", "order")
    said = [f"{name} is {value}" for name, value in query if value and name not in own]
    if getattr(query, "ids", None) is not None:
        said.append("chosen one by one")
    where = getattr(query, "where", None)
    if where is not None:
        said.append(in_words(where))
    return "; ".join(said) or "every one there is"


class _Reading:
    """One pass over the text; each method reads what its name says, or returns None."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._parts = text.rstrip(), 0, 0

    def is_done(self) -> bool:
        return self._at >= len(self._text)

    def either(self) -> Expression | None:
        found = [self._both()]
        while self._take("or"):
            found.append(self._both())
        return _joined(Either, found)

    def _both(self) -> Expression | None:
        found = [self._one()]
        while not self.is_done() and not self._next_is("or") and not self._next_is(")"):
            self._take("and")
            found.append(self._one())
        return _joined(Both, found)

    def _one(self) -> Expression | None:
        self._parts += 1
        if self._parts > MOST:
            raise BadInput(why=f"A filter has at most {MOST} parts.")
        if self._next_is("or") or self._next_is(")"):
            return None
        if self._take("not"):
            return _not(self._one())
        token = _TOKEN.match(self._text, self._at)
        if token is None:
            self._at = len(self._text)
            return None
        self._at = token.end()
        return self._of(token)

    def _of(self, token: re.Match[str]) -> Expression | None:
        if token["bracket"]:
            inner = self.either()
            self._take(")")
            return inner
        if token["minus"]:
            return _not(self._one())
        if token["field"]:
            return self._term(token["field"].lower(), token["operator"])
        text = token["word"] if token["quoted"] is None else token["quoted"]
        return Word(text=text) if text else None

    def _term(self, field: str, operator: str) -> Expression | None:
        values: list[str] = []
        while value := _VALUE.match(self._text, self._at):
            self._at = value.end()
            values.append(value[2] if value[1] is None else value[1])
            if not self._text.startswith(",", self._at):
                break
            self._at += 1
        known: Operator = ":" if operator == "=" else operator  # type: ignore[assignment]
        given = tuple(value for value in values if value)
        return Term(field=field, operator=known, values=given) if given else None

    def _next_is(self, word: str) -> bool:
        return self._span(word) is not None

    def _take(self, word: str) -> bool:
        end = self._span(word)
        self._at = self._at if end is None else end
        return end is not None

    def _span(self, word: str) -> int | None:
        """Where a keyword or bracket that comes next ends."""
        pattern = re.escape(word) + (r"(?=[\s()]|$)" if word.isalpha() else "")
        found = re.compile(rf"\s*{pattern}", re.IGNORECASE).match(self._text, self._at)
        return found.end() if found else None


def _is_joined(expression: Expression) -> bool:
    return isinstance(expression, Both | Either)


def _grouped(expression: Expression, other: type[Both] | type[Either]) -> str:
    """In brackets, where it is joined the other way."""
    said = in_words(expression)
    return f"({said})" if isinstance(expression, other) else said


def _not(inner: Expression | None) -> Expression | None:
    return None if inner is None else Not(of=inner)


def _joined(
    kind: type[Both] | type[Either], found: Sequence[Expression | None]
) -> Expression | None:
    asked = [one for one in found if one is not None]
    return reduce(lambda left, right: kind(left=left, right=right), asked) if asked else None
