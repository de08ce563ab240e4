"""Private tables of the insights; migration 0014 holds their rules."""

import peewee

from storage.engine import JsonField, Table, UtcField


class AnalyticsEvent(Table):
    """One raw event; `source` is the fact it was read from, so none is read twice."""

    seq = peewee.AutoField()
    type = peewee.TextField()
    subject_kind = peewee.TextField()
    subject_id = peewee.TextField()
    metadata = JsonField()
    at = UtcField()
    source = peewee.TextField()

    class Meta:
        table_name = "analytics_event"


class AnalyticsReader(Table):
    """How far facts were read, events counted and aggregates judged; one row."""

    id = peewee.IntegerField(primary_key=True)
    audit_seq = peewee.IntegerField()
    entry_seq = peewee.IntegerField()
    watches_until = UtcField(null=True)
    counted_seq = peewee.IntegerField()
    counted_day = peewee.TextField(null=True)
    changed_at = UtcField(null=True)
    judged_at = UtcField(null=True)

    class Meta:
        table_name = "analytics_reader"


class DailyAggregate(Table):
    """One count of one UTC day; its rate is derived."""

    day = peewee.TextField()
    metric = peewee.TextField()
    subject = peewee.TextField()
    count = peewee.IntegerField()
    base = peewee.IntegerField(null=True)
    updated_at = UtcField()

    class Meta:
        table_name = "daily_aggregate"
        primary_key = peewee.CompositeKey("day", "metric", "subject")


class SignalRow(Table):
    """A signal; never changes. `entry_ids` are the entries it rests on, where it does."""

    id = peewee.TextField(primary_key=True)
    rule = peewee.TextField()
    subject = peewee.TextField()
    first_day = peewee.TextField()
    last_day = peewee.TextField()
    severity = peewee.TextField()
    count = peewee.IntegerField()
    base = peewee.IntegerField(null=True)
    message = peewee.TextField()
    entry_ids = JsonField()
    created_at = UtcField()
    job_id = peewee.TextField(null=True)

    class Meta:
        table_name = "signal"


class Suggestion(Table):
    """What follows from a signal by the fixed mapping; only its status ever changes."""

    id = peewee.TextField(primary_key=True)
    signal_id = peewee.TextField()
    scope = peewee.TextField()
    type = peewee.TextField()
    target = peewee.TextField()
    severity = peewee.TextField()
    text = peewee.TextField()
    status = peewee.TextField()
    created_at = UtcField()


class SuggestionDecision(Table):
    """Who accepted or dismissed a suggestion, and what came of it; never changes."""

    suggestion_id = peewee.TextField(primary_key=True)
    decision = peewee.TextField()
    reason = peewee.TextField()
    decided_by_id = peewee.TextField()
    decided_by = peewee.TextField()
    decided_at = UtcField()
    proposal_id = peewee.TextField(null=True)
    regeneration_id = peewee.TextField(null=True)

    class Meta:
        table_name = "suggestion_decision"


class Regeneration(Table):
    """An approved regeneration, processed once; a retry is another one."""

    id = peewee.TextField(primary_key=True)
    suggestion_id = peewee.TextField()
    retry_of = peewee.TextField(null=True, unique=True)
    reason = peewee.TextField()
    approved_by_id = peewee.TextField()
    approved_by = peewee.TextField()
    approved_at = UtcField()
    status = peewee.TextField()
    detail = peewee.TextField(null=True)
    finished_at = UtcField(null=True)
    job_id = peewee.TextField(null=True)


class RegenerationOutput(Table):
    """What one regeneration made, or an earlier version put back; never changes."""

    id = peewee.TextField(primary_key=True)
    regeneration_id = peewee.TextField(null=True, unique=True)
    restores = peewee.TextField(null=True)
    scope = peewee.TextField()
    target = peewee.TextField()
    version = peewee.IntegerField()
    title = peewee.TextField()
    lines = JsonField()
    content_hash = peewee.TextField()
    made_at = UtcField()

    class Meta:
        table_name = "regeneration_output"


class OutputDecision(Table):
    """Who approved or rejected an output, and why; never changes."""

    output_id = peewee.TextField(primary_key=True)
    decision = peewee.TextField()
    reason = peewee.TextField()
    decided_by_id = peewee.TextField()
    decided_by = peewee.TextField()
    decided_at = UtcField()

    class Meta:
        table_name = "output_decision"
