"""The tables of alerts, private to `storage`; migration 0011 holds their rules."""

import peewee

from storage.engine import Table, UtcField


class Alert(Table):
    """One alert: told of a job (`audit_seq`), or standing (`type`) until it is resolved."""

    alert_id = peewee.TextField(primary_key=True)
    source = peewee.TextField()
    type = peewee.TextField(null=True)
    severity = peewee.TextField()
    title = peewee.TextField()
    message = peewee.TextField()
    same = peewee.TextField(null=True)
    raised_at = UtcField()
    last_seen_at = UtcField()
    resolved_at = UtcField(null=True)
    suppressed = peewee.IntegerField(default=0)
    audit_seq = peewee.IntegerField(null=True)
    job_id = peewee.TextField(null=True)
    acknowledged_at = UtcField(null=True)
    acknowledged_by = peewee.TextField(null=True)
    acknowledged_why = peewee.TextField(null=True)

    class Meta:
        table_name = "alert"


class AlertBucket(Table):
    """The router's tokens for one key, in thousandths."""

    key = peewee.TextField(primary_key=True)
    milli = peewee.IntegerField()
    at = UtcField()

    class Meta:
        table_name = "alert_bucket"


class AlertReader(Table):
    """The last event about a failed job that was read, and when somebody last looked; one row."""

    id = peewee.IntegerField(primary_key=True)
    seq = peewee.IntegerField()
    looked_at = UtcField(null=True)

    class Meta:
        table_name = "alert_reader"
