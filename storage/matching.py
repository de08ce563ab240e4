"""What a filter asks for, as a condition on the columns of one noun.

A noun declares its fields in one table: name, what it means, how its values are read and how they
are compared. The same table checks a filter while it is typed and finds the rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import reduce
from operator import and_, ge, gt, le, lt, ne, or_
from typing import Any

from storage.errors import BadInput
from storage.filtering import Both, Either, Expression, Not, Operator, Term, Word, parse

Condition = Any
"""A peewee expression; that library is untyped."""

Reader = Callable[[str], Any]
"""Turns a value as typed into one that can be compared; raises ValueError with a sentence."""

Comparison = Callable[[Operator, Any], Condition]

_UNITS = {"m": 60, "h": 3600, "d": 86400}
_COMPARE: dict[Operator, Callable[[Any, Any], Condition]] = {">": gt, ">=": ge, "<": lt, "<=": le}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a noun's filter."""

    sentence: str
    compare: Comparison
    read: Reader = str


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Language:
    """What one noun can be asked: its fields, and what a bare word means."""

    fields: Fields
    occurs: Callable[[str], Condition]

    def read(self, text: str) -> Expression | None:
        """A filter as typed; None when it asks for nothing.

        Raises:
            BadInput: an unknown field or value.
        """
        expression = parse(text)
        if expression is not None:
            self.matches(expression)
        return expression

    def matches(self, expression: Expression) -> Condition:
        """The condition it stands for.

        Raises:
            BadInput: an unknown field or value.
        """
        return condition(expression, self.fields, self.occurs)


def condition(
    expression: Expression, fields: Fields, occurs: Callable[[str], Condition]
) -> Condition:
    """The condition a filter stands for; `occurs` is what a bare word means.

    Raises:
        BadInput: an unknown field, a value it cannot have, or a comparison that means nothing.
    """
    match expression:
        case Word(text=text):
            return occurs(text)
        case Not(of=inner):
            return ~condition(inner, fields, occurs)
        case Both(left=left, right=right):
            return and_(condition(left, fields, occurs), condition(right, fields, occurs))
        case Either(left=left, right=right):
            return or_(condition(left, fields, occurs), condition(right, fields, occurs))
        case Term():
            return _compared(expression, fields)


def equals(column: Any) -> Comparison:
    """`:` and `!=`, letter for letter."""
    return lambda operator, value: column != value if _negates(operator) else column == value


def begins(*columns: Any) -> Comparison:
    """`:` and `!=`; one of the columns begins so."""

    def compare(operator: Operator, value: str) -> Condition:
        found = reduce(or_, (column.startswith(value) for column in columns))
        return ~found if _negates(operator) else found

    return compare


def contains(column: Any) -> Comparison:
    """`:` and `!=`; it occurs somewhere, letter case aside."""

    def compare(operator: Operator, value: str) -> Condition:
        found = column.contains(value)
        return ~found if _negates(operator) else found

    return compare


def finds(rows: Callable[[Any], Condition]) -> Comparison:
    """`:` and `!=`; `rows` is the condition a value stands for, and is never unknown (NULL)."""
    return lambda operator, value: ~rows(value) if _negates(operator) else rows(value)


def compares(
    column: Any, meant_by_colon: Callable[[Any, Any], Condition] | None = None
) -> Comparison:
    """Every operator; `:` is equality, unless `since:` or `until:` mean a direction by it."""

    def compare(operator: Operator, value: Any) -> Condition:
        if operator == ":":
            return meant_by_colon(column, value) if meant_by_colon else column == value
        return ne(column, value) if operator == "!=" else _COMPARE[operator](column, value)

    return compare


def choice(values: type[StrEnum]) -> Reader:
    """One of an enumeration, letter case aside; a beginning is enough while typing."""

    def read(text: str) -> StrEnum:
        fitting = [v for v in values if v.value.lower().startswith(text.lower())]
        if not fitting:
            raise ValueError(f"one of {', '.join(values)}")
        return fitting[0]

    return read


def number(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise ValueError("a whole number") from None


def yes_or_no(text: str) -> bool:
    """`yes` or `no`, or a beginning of it."""
    for word, value in (("yes", True), ("no", False)):
        if word.startswith(text.lower()):
            return value
    raise ValueError("yes or no")


def moment(now: Callable[[], datetime]) -> Reader:
    """`2026-03-01`, `2026-03-01T04:00Z`, or an age: `30m`, `8h`, `7d`."""

    def read(text: str) -> datetime:
        if text[:-1].isdigit() and text[-1] in _UNITS and len(text) < 9:
            return now() - timedelta(seconds=int(text[:-1]) * _UNITS[text[-1]])
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise ValueError("a date, a time, or an age like 8h") from None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)

    return read


def _negates(operator: Operator) -> bool:
    if operator in _COMPARE:
        raise ValueError("compared with : or != only")
    return operator == "!="


def _compared(term: Term, fields: Fields) -> Condition:
    field = fields.get(term.field)
    if field is None:
        raise BadInput(why=_no_such_field(term.field, fields))
    try:
        each = [field.compare(term.operator, field.read(value)) for value in term.values]
    except (ValueError, OverflowError) as error:
        raise BadInput(why=f"{term.field}: is {error}.") from None
    return reduce(and_ if term.operator == "!=" else or_, each)


def _no_such_field(name: str, fields: Fields) -> str:
    near = get_close_matches(name, fields, 1)
    hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(fields)}."
    return f"There is no field {name!r} here{hint}"
