"""What can become of one run, and how an exception is kept."""

import traceback
from dataclasses import dataclass
from typing import Any

from storage.errors import AccessViolation, Refused
from storage.jobs.access import VIOLATION
from storage.jobs.endings import Failure
from storage.jobs.states import POISONED, Reason

TRACE_LIMIT = 64_000


@dataclass(frozen=True, slots=True)
class Produced:
    """`perform` returned this."""

    output: Any


@dataclass(frozen=True, slots=True)
class Stopped:
    """A person asked it to stop, and it has."""


Outcome = Produced | Stopped | Failure


def failure_of(error: BaseException) -> Failure:
    """An exception as the record keeps it: verbatim, with the end of its traceback."""
    trace = "".join(traceback.format_exception(error))
    return Failure(
        _reason(error), type(error).__name__, str(error) or repr(error), trace[-TRACE_LIMIT:]
    )


def _reason(error: BaseException) -> str:
    if isinstance(error, AccessViolation):
        return f"{POISONED}{VIOLATION}"
    return Reason.REFUSED if isinstance(error, Refused) else Reason.ERROR
