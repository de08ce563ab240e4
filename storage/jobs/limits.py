"""The limits of kinds and queues as they are aboard: the built-in ones, or those of settings.toml.

    [kinds.handover_generate]
    timeout_s = 120                # also: priority, cooldown_s, auto_retry_limit

    [queues.export]
    max_concurrent = 1

    [backups]
    days = 14                      # also: newest, weeks, months

Settings change limits, never what a kind is or may do (JOBS §3). A process reads them once; a pool
takes new ones in when it is started again. An operator's `queue limit` goes before them.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from storage.database import home, is_open
from storage.errors import BadSettings
from storage.foreign import read_toml
from storage.jobs.kind_spec import QUEUES, KindSpec, Queue
from storage.jobs.kinds import KINDS, JobKind
from storage.value import Value

FILE_NAME = "settings.toml"
DAY_S = 86_400


class KindLimits(Value):
    """What may be changed of a kind; what is left out stays. Times are seconds."""

    timeout_s: int | None = Field(default=None, ge=1, le=DAY_S, strict=True)
    priority: int | None = Field(default=None, ge=0, le=4, strict=True)
    cooldown_s: int | None = Field(default=None, ge=0, le=DAY_S, strict=True)
    auto_retry_limit: int | None = Field(default=None, ge=0, le=100, strict=True)


class QueueLimits(Value):
    """What may be changed of a queue."""

    max_concurrent: int = Field(ge=0, le=1000, strict=True)


class Keep(Value):
    """How many backups stay: the newest, and the newest of each day, week and month (UTC)."""

    newest: int = Field(default=3, ge=1, le=1000, strict=True)
    days: int = Field(default=7, ge=0, le=1000, strict=True)
    weeks: int = Field(default=4, ge=0, le=1000, strict=True)
    months: int = Field(default=6, ge=0, le=1000, strict=True)


class Settings(Value):
    """The whole of settings.toml."""

    backups: Keep = Field(default_factory=Keep)
    kinds: dict[JobKind, KindLimits] = Field(default_factory=dict)
    queues: dict[Queue, QueueLimits] = Field(default_factory=dict)
    console: Any = None
    """The console's own, read there; a wrong colour stops no work."""
    keys: Any = None


def settings() -> Settings:
    """The settings of the open store; those of a ship without the file, or without a store.

    Raises:
        BadSettings: it is not TOML, or a line of it says what cannot be.
    """
    return read(home()) if is_open() else Settings()


@cache
def read(folder: Path) -> Settings:
    """What the settings file in a folder says; nothing when it is not there.

    Raises:
        BadSettings.
    """
    path = folder / FILE_NAME
    try:
        return Settings.model_validate(read_toml(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Settings()
    except ValidationError as error:
        raise BadSettings(path=path, why=_sentence(error)) from None
    except (OSError, ValueError) as error:
        raise BadSettings(path=path, why=str(error)) from None


def effective(kind: JobKind) -> KindSpec:
    """A kind with the limits that hold here."""
    changed = settings().kinds.get(kind)
    return replace(KINDS[kind], **changed.model_dump(exclude_none=True)) if changed else KINDS[kind]


def queue_limits() -> dict[str, int | None]:
    """How many of each queue may run at once, by its name, before an operator's word."""
    changed = settings().queues
    return {
        name.value: changed[name].max_concurrent if name in changed else spec.max_concurrent
        for name, spec in QUEUES.items()
    }


def _sentence(error: ValidationError) -> str:
    """The first thing that is wrong, by its field."""
    item = error.errors(include_url=False, include_input=False)[0]
    steps = [str(step) for step in item["loc"] if step != "[key]"]
    return f"{'.'.join(steps)}: {_what(item['type'], steps, item['msg'])}."


def _what(error_type: str, steps: list[str], message: str) -> str:
    known: Any = {"kinds": KindLimits, "queues": QueueLimits, "backups": Keep}.get(steps[0])
    if error_type == "extra_forbidden" and known:
        return f"settings change limits only ({', '.join(known.model_fields)})"
    if error_type == "enum":
        return f"there is no such {steps[0].removesuffix('s')}"
    return message[:1].lower() + message[1:]
