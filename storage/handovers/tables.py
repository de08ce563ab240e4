"""Private tables of the handovers. Triggers refuse UPDATE and DELETE (I4)."""

import peewee

from storage.engine import JsonField, Table, UtcField


class HandoverSignature(Table):
    """One signature over one round of review."""

    id = peewee.TextField(primary_key=True)
    draft_id = peewee.TextField()
    review_round = peewee.IntegerField()
    position = peewee.TextField()
    person_id = peewee.TextField()
    name = peewee.TextField()
    role = peewee.TextField()
    signed_at = UtcField()
    meaning = peewee.TextField()
    statement = JsonField()
    public_key = peewee.TextField()
    signature = peewee.TextField()

    class Meta:
        table_name = "handover_signature"


class ReadBackRow(Table):
    """A critical item in the incoming officer's own words."""

    draft_id = peewee.TextField()
    item_id = peewee.TextField()
    text = peewee.TextField()
    by_id = peewee.TextField()
    by_name = peewee.TextField()
    at = UtcField()

    class Meta:
        table_name = "read_back"
        primary_key = peewee.CompositeKey("draft_id", "item_id")


class HandoverDecline(Table):
    """A relief who declined, or an outgoing officer who reopened, and why."""

    id = peewee.TextField(primary_key=True)
    draft_id = peewee.TextField()
    kind = peewee.TextField()
    by_id = peewee.TextField()
    by_name = peewee.TextField()
    role = peewee.TextField()
    at = UtcField()
    reason = peewee.TextField()

    class Meta:
        table_name = "handover_decline"


class Handover(Table):
    """The signed snapshot, word for word."""

    draft_id = peewee.TextField(primary_key=True)
    vessel_id = peewee.TextField()
    document_number = peewee.TextField(unique=True)
    snapshot = peewee.TextField()
    document_hash = peewee.TextField(unique=True)
    checkpoint_size = peewee.IntegerField()
    checkpoint_root = peewee.TextField()
    signed_at = UtcField()


class HandoverExport(Table):
    """One export: which files with which hashes, by whom, for whom."""

    id = peewee.TextField(primary_key=True)
    draft_id = peewee.TextField()
    type = peewee.TextField()
    path = peewee.TextField()
    hashes = JsonField()
    exporter_id = peewee.TextField()
    exporter = peewee.TextField()
    recipients = JsonField()
    job_id = peewee.TextField(null=True)
    at = UtcField()

    class Meta:
        table_name = "handover_export"


class Notice(Table):
    """That one person is to be told of a decline or a reopening, and whether they have seen it."""

    id = peewee.TextField(primary_key=True)
    decline_id = peewee.TextField()
    person_id = peewee.TextField()
    at = UtcField()
    seen_at = UtcField(null=True)
