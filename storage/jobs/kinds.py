"""Every kind of job there is, on one page (pure). A new kind is one entry, one handler, one test.

What a kind *is* (name, capability, arguments) is fixed here; settings may change limits only.
"""

from enum import StrEnum, unique
from functools import partial

from storage.jobs import arguments
from storage.jobs.cadence import Daily, EndOfWatch, Every, OnSigning
from storage.jobs.kind_spec import Colour, Duplicate, KindSpec, Queue
from storage.jobs.states import Reason


@unique
class JobKind(StrEnum):
    """Strict: anything else is refused before it is queued."""

    HANDOVER_GENERATE = "handover_generate"
    HANDOVER_REGENERATE = "handover_regenerate"
    COMMAND_REFRESH = "command_refresh"
    DRAFT_PRINT = "draft_print"
    EXPORT_PREPARE = "export_prepare"
    EXPORT_RESTORE = "export_restore"
    ENTRY_CLASSIFY = "entry_classify"
    MANIFEST_PLAN = "manifest_plan"
    MANIFEST_VERIFY = "manifest_verify"
    ANALYTICS_JOBS = "analytics_jobs"
    GENERATE_SIGNALS = "generate_signals"
    GENERATE_SUGGESTIONS = "generate_suggestions"
    REGENERATION_WORKER = "regeneration_worker"
    PRUNE_ANALYTICS_EVENTS = "prune_analytics_events"
    BACKUP = "backup"
    AUDIT_VERIFY = "audit_verify"
    STORE_CHECK = "store_check"
    DEBUG = "debug"
    SLEEP = "sleep"
    CRUD = "crud"
    CRUD_LATENCY = "crud_latency"


DRAFTING = ("group", "overlap", "duplicates", "summarise", "rank", "command", "validate")
_of_one_draft = partial(
    KindSpec,
    colour=Colour.CONTENT,
    arguments=arguments.OneDraft,
    queue=Queue.HANDOVER,
    timeout_s=300,  # 50,000 entries take 60 to 90 s on a quiet machine
    duplicate=Duplicate.SAME_SUBJECT,
    lock="vessel",
    writes=("draft:{draft_id}",),
    resource_type="draft",
    subject="draft_id",
    completed_as=Reason.AWAITING_USER,
)

_of_documents = partial(
    KindSpec,
    colour=Colour.DOCUMENT,
    phases=("gather", "render", "store"),
    queue=Queue.EXPORT,
    timeout_s=60,
)

_of_orders = partial(
    KindSpec,
    colour=Colour.DIAGNOSTIC,
    queue=Queue.ORDERS,
    timeout_s=600,
    lock="orders",
)

_of_insights = partial(
    KindSpec,
    colour=Colour.INSIGHT,
    arguments=arguments.Nothing,
    queue=Queue.INSIGHTS,
    timeout_s=1_800,
    priority=0,
    duplicate=Duplicate.SAME_SUBJECT,
    lock="insights",
)

_of_upkeep = partial(
    KindSpec,
    colour=Colour.DIAGNOSTIC,
    arguments=arguments.Nothing,
    queue=Queue.UPKEEP,
    timeout_s=600,
    priority=0,
    cancel_running=True,
    duplicate=Duplicate.SAME_REQUEST,
)

_of_diagnostics = partial(
    KindSpec,
    colour=Colour.DIAGNOSTIC,
    queue=Queue.DIAGNOSTICS,
    timeout_s=300,
    cancel_running=True,
    shares_child=True,
)

KINDS: dict[JobKind, KindSpec] = {
    JobKind.HANDOVER_GENERATE: KindSpec(
        label="Generate handover",
        sentence="Drafts the handover from the entries of the watch.",
        glyph="▤",
        colour=Colour.CONTENT,
        phases=DRAFTING,
        arguments=arguments.HandoverGenerate,
        queue=Queue.HANDOVER,
        timeout_s=300,
        duplicate=Duplicate.SAME_SUBJECT,
        lock="vessel",
        schedule=EndOfWatch(),
        writes=("draft:*",),
        resource_type="draft",
        completed_as=Reason.AWAITING_USER,
    ),
    JobKind.HANDOVER_REGENERATE: _of_one_draft(
        label="Regenerate handover",
        sentence="Drafts again and keeps people's edits, answers and the draft's id.",
        glyph="↻",
        phases=DRAFTING,
    ),
    JobKind.COMMAND_REFRESH: _of_one_draft(
        label="Refresh Command",
        sentence="Writes the Command section of a draft anew and touches nothing else.",
        glyph="⌘",
        phases=("gather", "command", "store"),
    ),
    JobKind.DRAFT_PRINT: _of_documents(
        label="Print draft",
        sentence="Prints a draft, marked as not authoritative; the next print takes its place.",
        glyph="▥",
        arguments=arguments.OneDraft,
        duplicate=Duplicate.SAME_SUBJECT,
        writes=("draft:{draft_id}",),
        resource_type="draft",
        subject="draft_id",
    ),
    JobKind.EXPORT_PREPARE: _of_documents(
        label="Prepare export",
        sentence="Makes a document of a signed handover from its snapshot.",
        glyph="⎙",
        arguments=arguments.ExportPrepare,
        duplicate=Duplicate.SAME_REQUEST,
        cooldown_s=30,
        schedule=OnSigning(),
        writes=("export:*",),
        resource_type="handover",
        subject="draft_id",
    ),
    JobKind.EXPORT_RESTORE: _of_documents(
        label="Restore export",
        sentence="Puts missing files of an export back, byte for byte, from the signed snapshot.",
        glyph="⎌",
        arguments=arguments.ExportRestore,
        duplicate=Duplicate.SAME_REQUEST,
        writes=("export:*",),
        resource_type="handover",
        subject="draft_id",
    ),
    JobKind.ENTRY_CLASSIFY: KindSpec(
        label="Classify entry",
        sentence="Reads an entry nobody filed and asks an officer to file it there.",
        glyph="⌖",
        colour=Colour.CONTENT,
        phases=("read",),
        arguments=arguments.OneEntry,
        queue=Queue.HANDOVER,
        timeout_s=60,
        duplicate=Duplicate.SAME_SUBJECT,
        writes=("entry:{entry_id}",),
        resource_type="entry",
        subject="entry_id",
        completed_as=Reason.AWAITING_USER,
    ),
    JobKind.MANIFEST_PLAN: _of_orders(
        label="Plan work order",
        sentence="Writes a manifest of the work a workflow finds to be done; nothing is sent.",
        glyph="☰",
        phases=("plan", "check"),
        arguments=arguments.ManifestPlan,
        writes=("order:*",),
    ),
    JobKind.MANIFEST_VERIFY: _of_orders(
        label="Verify work order",
        sentence="Compares the receipts of a work order with what was expected, line by line.",
        glyph="☑",
        phases=("verify",),
        arguments=arguments.OneOrder,
        duplicate=Duplicate.SAME_SUBJECT,
        writes=("order:{order_id}",),
        resource_type="order",
        subject="order_id",
    ),
    JobKind.ANALYTICS_JOBS: _of_insights(
        label="Analytics",
        sentence="Reads what happened, counts it by day, raises signals and suggests.",
        glyph="∑",
        arguments=arguments.Analytics,
        phases=("collect", "aggregate", "signals", "suggestions"),
        schedule=Every(1_800, when_waiting=True),
        writes=("analytics:*", "signal:*", "suggestion:*"),
    ),
    JobKind.GENERATE_SIGNALS: _of_insights(
        label="Generate signals",
        sentence="Raises what the daily counts show, each signal once.",
        glyph="⚑",
        phases=("signals",),
        schedule=Every(1_800, when_waiting=True),
        writes=("signal:*",),
    ),
    JobKind.GENERATE_SUGGESTIONS: _of_insights(
        label="Generate suggestions",
        sentence="Suggests what follows from each signal by the fixed mapping.",
        glyph="✎",
        phases=("suggestions",),
        schedule=Every(1_800, when_waiting=True),
        writes=("suggestion:*",),
    ),
    JobKind.REGENERATION_WORKER: _of_insights(
        label="Regeneration",
        sentence="Makes the one output of the oldest approved regeneration; a person decides.",
        glyph="⟳",
        phases=("collect", "store"),
        timeout_s=600,
        priority=3,
        schedule=Every(60, when_waiting=True),
        writes=("regeneration:*",),
        resource_type="regeneration",
        completed_as=Reason.AWAITING_USER,
    ),
    JobKind.PRUNE_ANALYTICS_EVENTS: _of_insights(
        label="Prune analytics events",
        sentence="Removes raw analytics events older than 90 days, and nothing else.",
        glyph="✂",
        phases=("preview", "prune"),
        timeout_s=600,
        priority=3,
        writes=("analytics:*",),
    ),
    JobKind.BACKUP: _of_upkeep(
        label="Backup",
        sentence="Copies the store and its files into one folder, and reads all of it again.",
        glyph="⛁",
        arguments=arguments.Backup,
        phases=("copy", "files", "walk", "check"),
        schedule=Daily("0200"),
        writes=("backup:*",),
    ),
    JobKind.AUDIT_VERIFY: _of_upkeep(
        label="Verify audit log",
        sentence="Walks the whole audit log and holds its end against the anchor.",
        glyph="⛓",
        phases=("walk",),
        schedule=Daily("0220"),
    ),
    JobKind.STORE_CHECK: _of_upkeep(
        label="Check store",
        sentence="Examines the store, its files, workers, clock, disk and backups, as doctor does.",
        glyph="✚",
        phases=("examine", "walk"),
        schedule=Daily("0240"),
    ),
    JobKind.DEBUG: _of_diagnostics(
        label="Debug",
        sentence="Gives its message back: proof that a job goes all the way round.",
        glyph="·",
        phases=("echo",),
        arguments=arguments.Debug,
        batch=16,
    ),
    JobKind.SLEEP: _of_diagnostics(
        label="Sleep",
        sentence="Sleeps and tells when it started, meant to finish and finished.",
        glyph="z",
        phases=("sleep",),
        arguments=arguments.Sleep,
    ),
    JobKind.CRUD: _of_diagnostics(
        label="Create to delete",
        sentence="Creates, reads, updates, verifies and deletes a row, and confirms it is gone.",
        glyph="±",
        phases=("prepare",),
        arguments=arguments.Crud,
        batch=16,
        writes=("scratch:*",),
    ),
    JobKind.CRUD_LATENCY: _of_diagnostics(
        label="Create to delete, late",
        sentence="The same after a pause, which is over before its transaction opens.",
        glyph="∓",
        phases=("wait", "prepare"),
        arguments=arguments.CrudLatency,
        writes=("scratch:*",),
    ),
}
