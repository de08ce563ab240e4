"""Job kind → handler. Complete by test: no kind without a handler, no handler without a kind."""

from collections.abc import Mapping

from storage.jobs.kinds import JobKind
from worker.handler import Handler
from worker.handlers import (
    command_refresh,
    debug,
    export_prepare,
    handover_generate,
    handover_regenerate,
    sleep,
)

Handlers = Mapping[JobKind, Handler]


def registry(*entries: tuple[JobKind, Handler]) -> Handlers:
    """A registry of handlers.

    Raises:
        ValueError: a kind is given twice.
    """
    kinds = [kind for kind, _ in entries]
    twice = {kind.value for kind in kinds if kinds.count(kind) > 1}
    if twice:
        raise ValueError(f"more than one handler for {', '.join(sorted(twice))}")
    return dict(entries)


HANDLERS = registry(
    (JobKind.HANDOVER_GENERATE, handover_generate),
    (JobKind.HANDOVER_REGENERATE, handover_regenerate),
    (JobKind.COMMAND_REFRESH, command_refresh),
    (JobKind.EXPORT_PREPARE, export_prepare),
    (JobKind.DEBUG, debug),
    (JobKind.SLEEP, sleep),
)
