"""One line of a manifest: what it has to be, and the sentence for every way it is not (pure)."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storage.evidence.lines import Rejected
from storage.foreign import read_json
from storage.jobs.arguments import SIZE_LIMIT
from storage.jobs.kinds import KINDS, JobKind
from storage.value import Value

LINE_LIMIT = 256 * 1024
"""Bytes of one line; arguments of a job are limited to far less."""


class Strict(BaseModel):
    """A part of a line: nothing is converted, nothing unknown is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Meta(Strict):
    """`id` names the entry in its manifest; `expected_result` is what its receipt has to say."""

    id: str = Field(min_length=1, max_length=200)
    expected_result: dict[str, Any] | None = None


class ManifestEntry(Strict):
    """One entry: a kind of job with its arguments, `args` in the order the kind declares them."""

    task: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = Field(default_factory=dict)
    meta: Meta
    description: str = Field(default="", max_length=1_000)
    priority: int | None = Field(default=None, ge=0, le=4)


class NumberedEntry(Value):
    """An entry with the number of its line, its kind, and its arguments as a job keeps them."""

    line: int
    entry: ManifestEntry
    kind: JobKind
    arguments: dict[str, Any]

    @property
    def id(self) -> str:
        """What the entry is called in its manifest."""
        return self.entry.meta.id


class _Unusable(Exception):
    """Why a line cannot be used: a code for programs, a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_entry(number: int, data: bytes) -> NumberedEntry | Rejected:
    """One line as an entry, or what is wrong with it."""
    try:
        entry = _entry(_text(data))
        kind = _kind(entry.task)
        return NumberedEntry(line=number, entry=entry, kind=kind, arguments=_arguments(kind, entry))
    except _Unusable as why:
        return Rejected(line=number, code=why.code, message=str(why))


def too_long(number: int) -> Rejected:
    """A line nobody reads to its end."""
    limit = LINE_LIMIT // 1024
    message = f"The line is longer than {limit} KiB; large input belongs in the store."
    return Rejected(line=number, code="line_too_long", message=message)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Unusable("not_utf8", f"Byte {error.start + 1} is not UTF-8 text.") from None


def _entry(text: str) -> ManifestEntry:
    try:
        value = read_json(text)
    except ValueError as error:
        code = "not_utf8" if isinstance(error, UnicodeError) else "not_json"
        raise _Unusable(code, f"The line {error}.") from None
    if not isinstance(value, dict):
        raise _Unusable("not_an_object", "The line is JSON, but not an object.")
    try:
        return ManifestEntry.model_validate_json(text)
    except ValidationError as error:
        raise _Unusable("bad_entry", _sentence(error)) from None


def _kind(task: str) -> JobKind:
    try:
        return JobKind(task)
    except ValueError:
        raise _Unusable("unknown_task", f"task: there is no job kind {task[:80]!r}.") from None


def _arguments(kind: JobKind, entry: ManifestEntry) -> dict[str, Any]:
    """The arguments by name, each of exactly the type its kind declares."""
    model = KINDS[kind].arguments
    given = json.dumps(_named(list(model.model_fields), entry))
    if len(given) > SIZE_LIMIT:
        raise _Unusable("too_long", f"The arguments are longer than {SIZE_LIMIT:,} characters.")
    try:
        return model.model_validate_json(given, strict=True).model_dump(mode="json")
    except ValidationError as error:
        raise _Unusable("bad_arguments", _sentence(error)) from None


def _named(names: list[str], entry: ManifestEntry) -> dict[str, Any]:
    if len(entry.args) > len(names):
        takes = f"{entry.task} takes {len(names)}: {', '.join(names)}"
        raise _Unusable("bad_arguments", f"args: {len(entry.args)} are given; {takes}.")
    by_place = dict(zip(names, entry.args, strict=False))
    twice = sorted(by_place.keys() & entry.kwargs.keys())
    if twice:
        raise _Unusable("bad_arguments", f"{', '.join(twice)}: in args and in kwargs.")
    return {**by_place, **entry.kwargs}


def _sentence(error: ValidationError) -> str:
    parts = (
        f"{'.'.join(str(step) for step in item['loc']) or 'line'}: {item['msg']}"
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    )
    return "; ".join(parts)[:500] + "."
