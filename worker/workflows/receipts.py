"""What a receipt of a diagnostic job must say to be believed, whatever is expected (pure)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from storage.clock import from_text
from storage.jobs.kinds import JobKind

LIFECYCLE = ["created", "read", "updated", "verified", "deleted", "confirmed_gone"]
TOLERANCE = timedelta(milliseconds=1)

Given = Mapping[str, Any]


def why_unbelievable(kind: JobKind, arguments: Given, receipt: Given) -> str:
    """What cannot be so in a receipt; empty when all of it can."""
    check = _CHECKS.get(kind)
    try:
        return check(arguments, receipt) if check else ""
    except (KeyError, TypeError, ValueError) as error:
        return f"The receipt is not one of {kind}: {error!r}."


def _debug(arguments: Given, receipt: Given) -> str:
    same = receipt["echo"] == arguments["message"]
    return "" if same else f"It gave {receipt['echo']!r} back instead of its message."


def _sleep(arguments: Given, receipt: Given) -> str:
    started, predicted, finished = (
        from_text(receipt[name]) for name in ("started", "predicted", "finished")
    )
    asked = timedelta(seconds=arguments["seconds"])
    if abs(predicted - started - asked) > TOLERANCE:
        return f"It predicted an end {predicted - started} after its start; {asked} was asked."
    early = finished < predicted - TOLERANCE
    return f"It finished {predicted - finished} before it was to." if early else ""


def _crud(arguments: Given, receipt: Given) -> str:
    if receipt["lifecycle"] != LIFECYCLE:
        return f"Its steps were {', '.join(receipt['lifecycle']) or 'none'}."
    wrote = receipt["created"], receipt["updated"]
    if wrote[0] != arguments["value"]:
        return f"It created {wrote[0]!r} instead of its value."
    return "It changed nothing." if wrote[0] == wrote[1] else ""


def _crud_latency(arguments: Given, receipt: Given) -> str:
    if receipt["slept_ms"] < arguments["latency_ms"]:
        return f"It waited {receipt['slept_ms']} ms of {arguments['latency_ms']}."
    return _crud(arguments, receipt)


_CHECKS: dict[JobKind, Callable[[Given, Given], str]] = {
    JobKind.DEBUG: _debug,
    JobKind.SLEEP: _sleep,
    JobKind.CRUD: _crud,
    JobKind.CRUD_LATENCY: _crud_latency,
}
