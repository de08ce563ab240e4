"""Private tables of the entries. Triggers refuse changes to what was captured (I4)."""

import peewee

from storage.engine import JsonField, Table, UtcField


class Entry(Table):
    """One short truth in its author's own words."""

    seq = peewee.AutoField()
    id = peewee.TextField(unique=True)
    vessel_id = peewee.TextField()
    created_at = UtcField()
    recorded_at = UtcField()
    recorded_by = peewee.TextField()
    author_id = peewee.TextField(null=True)
    author = peewee.TextField()
    role = peewee.TextField()
    narrative = peewee.TextField()
    primary_domain = peewee.TextField()
    bucket = peewee.TextField()
    secondary_domains = JsonField()
    risk_tags = JsonField()
    owner_roles = JsonField()
    confidence = peewee.TextField()
    reasons = JsonField()
    runner_up = JsonField(null=True)
    planning = JsonField()
    context = JsonField()
    status = peewee.TextField()
    classification_flagged = peewee.BooleanField()


class EntrySource(Table):
    """An event or document an entry rests on."""

    entry_id = peewee.TextField()
    kind = peewee.TextField()
    source_id = peewee.TextField()

    class Meta:
        table_name = "entry_source"
        primary_key = peewee.CompositeKey("entry_id", "kind", "source_id")


class EntryMark(Table):
    """Who marked an entry resolved or suppressed, when and why."""

    id = peewee.TextField(primary_key=True)
    entry_id = peewee.TextField()
    mark = peewee.TextField()
    reason = peewee.TextField()
    by_id = peewee.TextField()
    by_name = peewee.TextField()
    at = UtcField()

    class Meta:
        table_name = "entry_mark"


class ClassificationCorrection(Table):
    """A request to look at a classification again; the original stays (I10)."""

    id = peewee.TextField(primary_key=True)
    entry_id = peewee.TextField()
    original_domain = peewee.TextField()
    suggested_domain = peewee.TextField(null=True)
    reason = peewee.TextField()
    requested_by = peewee.TextField()
    requested_at = UtcField()

    class Meta:
        table_name = "classification_correction"


class CorrectionDecision(Table):
    """What an officer decided about such a request; an accepted one says what stands from then."""

    seq = peewee.AutoField()
    correction_id = peewee.TextField(unique=True)
    entry_id = peewee.TextField()
    decision = peewee.TextField()
    reason = peewee.TextField()
    decided_by_id = peewee.TextField()
    decided_by = peewee.TextField()
    decided_at = UtcField()
    primary_domain = peewee.TextField(null=True)
    bucket = peewee.TextField(null=True)
    secondary_domains = JsonField(null=True)
    owner_roles = JsonField(null=True)

    class Meta:
        table_name = "correction_decision"


class EntryProposal(Table):
    """Something a ship's system thinks should be an entry; only a person makes it one."""

    id = peewee.TextField(primary_key=True)
    source_kind = peewee.TextField()
    source_id = peewee.TextField()
    text = peewee.TextField()
    status = peewee.TextField()
    entry_id = peewee.TextField(null=True)
    decided_by = peewee.TextField(null=True)
    decided_at = UtcField(null=True)
    reason = peewee.TextField(null=True)
    created_at = UtcField()

    class Meta:
        table_name = "entry_proposal"
