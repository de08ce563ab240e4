"""Private tables of the evidence. Triggers refuse UPDATE and DELETE (I4)."""

import peewee

from storage.engine import JsonField, Table, UtcField


class LedgerEvent(Table):
    """Something a ship's system recorded."""

    id = peewee.TextField(primary_key=True)
    vessel_id = peewee.TextField()
    type = peewee.TextField()
    at = UtcField()
    source = peewee.TextField()
    asset = peewee.TextField()
    text = peewee.TextField()
    context = JsonField()
    recorded_at = UtcField()
    recorded_by = peewee.TextField()

    class Meta:
        table_name = "ledger_event"


class SourceDocument(Table):
    """A file kept as evidence; `path` is relative to the store's folder."""

    id = peewee.TextField(primary_key=True)
    vessel_id = peewee.TextField()
    name = peewee.TextField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    path = peewee.TextField()
    uploaded_by = peewee.TextField()
    uploaded_at = UtcField()

    class Meta:
        table_name = "source_document"
