"""Private tables of the work orders; migration 0013 holds their rules."""

import peewee

from storage.engine import JsonField, Table, UtcField


class WorkOrder(Table):
    """A manifest that is known: what is in it, who planned it, and how far it was sent.

    `source` is where a hand-written one came from; `workflow` is empty for those. `group_id` and
    `round` are those of the last time jobs were sent.
    """

    order_id = peewee.TextField(primary_key=True)
    name = peewee.TextField()
    sha256 = peewee.TextField()
    source = peewee.TextField()
    workflow = peewee.TextField()
    mode = peewee.TextField()
    lines = peewee.IntegerField()
    entries = peewee.IntegerField()
    tasks = JsonField()
    state = peewee.TextField()
    trace_id = peewee.TextField()
    planned_at = UtcField()
    planned_by = peewee.TextField()
    planned_by_name = peewee.TextField()
    plan_job_id = peewee.TextField(null=True)
    dispatched_at = UtcField(null=True)
    dispatched_by = peewee.TextField(null=True)
    dispatched_by_name = peewee.TextField(null=True)
    round = peewee.IntegerField()
    group_id = peewee.TextField(null=True)
    withdrawn_at = UtcField(null=True)

    class Meta:
        table_name = "work_order"


class Link(Table):
    """The job one line of a manifest became, in one round."""

    order_id = peewee.TextField()
    line = peewee.IntegerField()
    round = peewee.IntegerField()
    entry_id = peewee.TextField()
    job_id = peewee.TextField()

    class Meta:
        table_name = "manifest_link"
        primary_key = peewee.CompositeKey("order_id", "line", "round")


class VerdictRow(Table):
    """What verifying a work order found, in numbers. `left_over`: what its workflow still finds."""

    verdict_id = peewee.TextField(primary_key=True)
    order_id = peewee.TextField()
    job_id = peewee.TextField()
    at = UtcField()
    round = peewee.IntegerField()
    sha256 = peewee.TextField()
    unchanged = peewee.BooleanField()
    total = peewee.IntegerField()
    ok = peewee.IntegerField()
    failed = peewee.IntegerField()
    pending = peewee.IntegerField()
    missing = peewee.IntegerField()
    mismatch = peewee.IntegerField()
    left_over = JsonField()

    class Meta:
        table_name = "manifest_verdict"


class FindingRow(Table):
    """One line that is not in order, as one verdict found it."""

    verdict_id = peewee.TextField()
    line = peewee.IntegerField()
    entry_id = peewee.TextField()
    job_id = peewee.TextField(null=True)
    verdict = peewee.TextField()
    why = peewee.TextField()

    class Meta:
        table_name = "manifest_finding"
        primary_key = peewee.CompositeKey("verdict_id", "line")


class Scratch(Table):
    """What a diagnostic job writes, reads and deletes within one transaction."""

    job_id = peewee.TextField(primary_key=True)
    value = peewee.TextField()

    class Meta:
        table_name = "scratch"
