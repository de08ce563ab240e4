"""Job kind → handler. Complete by test: no kind without a handler, no handler without a kind."""

from collections.abc import Mapping

from storage.jobs.kinds import KINDS, JobKind
from worker.handler import Handler
from worker.handlers import (
    analytics_jobs,
    audit_verify,
    backup,
    command_refresh,
    crud,
    crud_latency,
    debug,
    draft_print,
    entry_classify,
    export_prepare,
    export_restore,
    generate_signals,
    generate_suggestions,
    handover_generate,
    handover_regenerate,
    manifest_plan,
    manifest_verify,
    prune_analytics_events,
    regeneration_worker,
    sleep,
    store_check,
)

Handlers = Mapping[JobKind, Handler]


def registry(*entries: tuple[JobKind, Handler]) -> Handlers:
    """A registry of handlers.

    Raises:
        ValueError: a kind is given twice, is left out, or is none at all.
    """
    kinds = [str(kind) for kind, _ in entries]
    for what, found in (
        ("more than one handler for", {kind for kind in kinds if kinds.count(kind) > 1}),
        ("no kind for the handler of", set(kinds) - set(KINDS)),
        ("no handler for", set(KINDS) - set(kinds)),
    ):
        if found:
            raise ValueError(f"{what} {', '.join(sorted(found))}")
    return dict(entries)


HANDLERS = registry(
    (JobKind.HANDOVER_GENERATE, handover_generate),
    (JobKind.HANDOVER_REGENERATE, handover_regenerate),
    (JobKind.COMMAND_REFRESH, command_refresh),
    (JobKind.DRAFT_PRINT, draft_print),
    (JobKind.EXPORT_PREPARE, export_prepare),
    (JobKind.EXPORT_RESTORE, export_restore),
    (JobKind.ENTRY_CLASSIFY, entry_classify),
    (JobKind.MANIFEST_PLAN, manifest_plan),
    (JobKind.MANIFEST_VERIFY, manifest_verify),
    (JobKind.ANALYTICS_JOBS, analytics_jobs),
    (JobKind.GENERATE_SIGNALS, generate_signals),
    (JobKind.GENERATE_SUGGESTIONS, generate_suggestions),
    (JobKind.REGENERATION_WORKER, regeneration_worker),
    (JobKind.PRUNE_ANALYTICS_EVENTS, prune_analytics_events),
    (JobKind.BACKUP, backup),
    (JobKind.AUDIT_VERIFY, audit_verify),
    (JobKind.STORE_CHECK, store_check),
    (JobKind.DEBUG, debug),
    (JobKind.SLEEP, sleep),
    (JobKind.CRUD, crud),
    (JobKind.CRUD_LATENCY, crud_latency),
)
