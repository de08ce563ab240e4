"""The tables of the job system, private to `storage`; migration 0002 holds their rules."""

import json
from typing import Any

import peewee

from storage.engine import Table, UtcField

_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class AnyJsonField(peewee.TextField):
    """JSON that is never hashed or signed, so it may hold fractions."""

    def db_value(self, value: Any) -> Any:
        """Compact text of a value."""
        return None if value is None else json_text(value)

    def python_value(self, value: Any) -> Any:
        """The value of the text."""
        return json.loads(value) if isinstance(value, str) else value


def json_text(value: Any) -> str:
    """Compact JSON.

    Raises:
        TypeError, ValueError: the value is not something JSON can hold.
    """
    return _ENCODER.encode(value)


class Job(Table):
    """One piece of background work, and while it is queued, its place in the queue."""

    job_id = peewee.TextField(primary_key=True)
    trace_id = peewee.TextField()
    kind = peewee.TextField()
    status = peewee.TextField()
    status_reason = peewee.TextField()
    attempt = peewee.IntegerField(default=0)
    attempt_id = peewee.TextField(null=True)
    requeues = peewee.IntegerField(default=0)
    queue = peewee.TextField()
    priority = peewee.IntegerField()
    lock_key = peewee.TextField()
    duplicate_key = peewee.TextField(null=True)
    idempotency_key = peewee.TextField(null=True)
    origin = peewee.TextField()
    requested_by = peewee.TextField()
    requested_by_name = peewee.TextField()
    vessel_id = peewee.TextField(null=True)
    subject = peewee.TextField()
    arguments = AnyJsonField()
    protocol_id = peewee.TextField()
    profile_id = peewee.TextField()
    capability_profile_id = peewee.TextField()
    access_mode = peewee.TextField()
    safety_mode = peewee.TextField()
    entity_refs = AnyJsonField()
    planned_operations = AnyJsonField()
    parent_id = peewee.TextField(null=True)
    group_id = peewee.TextField(null=True)
    created_at = UtcField()
    queued_at = UtcField()
    available_at = UtcField()
    started_at = UtcField(null=True)
    finished_at = UtcField(null=True)
    last_activity_at = UtcField()
    cancel_requested_at = UtcField(null=True)

    class Meta:
        table_name = "job"


class JobGroup(Table):
    """Jobs that were asked for together; their numbers are kept by the triggers of `job`."""

    group_id = peewee.TextField(primary_key=True)
    trace_id = peewee.TextField()
    label = peewee.TextField()
    parent_id = peewee.TextField(null=True)
    opened_by = peewee.TextField()
    opened_by_name = peewee.TextField()
    state = peewee.TextField()
    total = peewee.IntegerField(default=0)
    queued = peewee.IntegerField(default=0)
    running = peewee.IntegerField(default=0)
    completed = peewee.IntegerField(default=0)
    failed = peewee.IntegerField(default=0)
    cancelled = peewee.IntegerField(default=0)
    opened_at = UtcField()
    sealed_at = UtcField(null=True)
    cancel_requested_at = UtcField(null=True)
    closed_at = UtcField(null=True)
    follow_up = AnyJsonField(null=True)
    follow_up_job_id = peewee.TextField(null=True)

    class Meta:
        table_name = "job_group"


class JobCount(Table):
    """How many jobs have a status and a kind; kept by the triggers of `job`, never counted."""

    status = peewee.TextField()
    kind = peewee.TextField()
    n = peewee.IntegerField()

    class Meta:
        table_name = "job_count"
        primary_key = peewee.CompositeKey("status", "kind")


class JobPace(Table):
    """Milliseconds the last completed runs of a kind took, by a trigger of `job`; a ring."""

    kind = peewee.TextField()
    slot = peewee.IntegerField()
    ms = peewee.IntegerField()

    class Meta:
        table_name = "job_pace"
        primary_key = peewee.CompositeKey("kind", "slot")


class Attempt(Table):
    """One run of a job by one worker; its id is the fencing token and the workflow run id."""

    attempt_id = peewee.TextField(primary_key=True)
    job_id = peewee.TextField()
    number = peewee.IntegerField()
    worker_id = peewee.TextField()
    host = peewee.TextField()
    pid = peewee.IntegerField()
    started_at = UtcField()
    ended_at = UtcField(null=True)
    outcome = peewee.TextField(null=True)
    reason = peewee.TextField(null=True)
    error_type = peewee.TextField(null=True)
    error_message = peewee.TextField(null=True)
    traceback = peewee.TextField(null=True)
    metrics = AnyJsonField()
    receipt = AnyJsonField(null=True)

    class Meta:
        table_name = "job_attempt"


class FailureGroup(Table):
    """Failed attempts that are alike: the same kind, error type and pattern of message."""

    failure_id = peewee.TextField(primary_key=True)
    kind = peewee.TextField()
    error_type = peewee.TextField()
    pattern = peewee.TextField()
    count = peewee.IntegerField()
    first_at = UtcField()
    last_at = UtcField()
    last_job_id = peewee.TextField()
    last_message = peewee.TextField()

    class Meta:
        table_name = "failure_group"


class JobFailure(Table):
    """One failed attempt and whom it is like; never changed."""

    seq = peewee.AutoField()
    failure_id = peewee.TextField()
    job_id = peewee.TextField()
    attempt_id = peewee.TextField()
    at = UtcField()

    class Meta:
        table_name = "job_failure"


class FailureAcknowledgement(Table):
    """Who answered for a failure, why, and how often it had happened by then; never changed."""

    seq = peewee.AutoField()
    failure_id = peewee.TextField()
    count = peewee.IntegerField()
    reason = peewee.TextField()
    owner = peewee.TextField()
    acknowledged_by = peewee.TextField()
    acknowledged_by_name = peewee.TextField()
    at = UtcField()

    class Meta:
        table_name = "failure_acknowledgement"


class SearchMark(Table):
    """How far the words of jobs and of failures have been indexed."""

    name = peewee.TextField(primary_key=True)
    upto = peewee.IntegerField()

    class Meta:
        table_name = "search_mark"


class Progress(Table):
    """Telemetry of the attempt in hand; overwritten, never part of the record's truth."""

    job_id = peewee.TextField(primary_key=True)
    attempt_id = peewee.TextField()
    at = UtcField()
    phase = peewee.TextField()
    current = peewee.IntegerField()
    total = peewee.IntegerField(null=True)
    unit = peewee.TextField()
    counters = AnyJsonField()

    class Meta:
        table_name = "job_progress"


class LogLine(Table):
    """One line of a job's log."""

    seq = peewee.AutoField()
    job_id = peewee.TextField()
    attempt_id = peewee.TextField(null=True)
    at = UtcField()
    level = peewee.TextField()
    event = peewee.TextField()
    message = peewee.TextField()
    context = AnyJsonField()

    class Meta:
        table_name = "job_log"


class Worker(Table):
    """A worker process, from its registration to the end it gave or met."""

    worker_id = peewee.TextField(primary_key=True)
    pool_id = peewee.TextField()
    host = peewee.TextField()
    pid = peewee.IntegerField()
    boot_id = peewee.TextField()
    version = peewee.TextField()
    registered_at = UtcField()
    heartbeat_at = UtcField()
    stopped_at = UtcField(null=True)
    stop_reason = peewee.TextField(null=True)
    draining_at = UtcField(null=True)

    class Meta:
        table_name = "job_worker"


class QueueSetting(Table):
    """An operator's override of a queue's limit, or a pause; `ENGINE` is all queues at once."""

    name = peewee.TextField(primary_key=True)
    max_concurrent = peewee.IntegerField(null=True)
    paused_at = UtcField(null=True)
    paused_why = peewee.TextField(null=True)

    class Meta:
        table_name = "job_queue"


ENGINE = "*"
