"""The audit log's one table. Triggers refuse UPDATE and DELETE (I4)."""

import peewee

from storage.engine import JsonField, Table, UtcField


class AuditEvent(Table):
    """One act or one refusal, chained to the event before it by `prev_hash`."""

    seq = peewee.IntegerField(primary_key=True)
    at = UtcField()
    actor_kind = peewee.TextField()
    actor_id = peewee.TextField()
    actor_name = peewee.TextField()
    action = peewee.TextField()
    outcome = peewee.TextField()
    subject_kind = peewee.TextField()
    subject_id = peewee.TextField()
    job_id = peewee.TextField(null=True)
    trace_id = peewee.TextField(null=True)
    detail = JsonField()
    prev_hash = peewee.TextField()
    hash = peewee.TextField()

    class Meta:
        table_name = "audit_event"
