"""Private tables of the vessel."""

import peewee

from storage.engine import JsonField, Table, UtcField


class Vessel(Table):
    """The vessel the store belongs to."""

    id = peewee.TextField(primary_key=True)
    name = peewee.TextField()
    imo = peewee.TextField(null=True)
    watch_bill = JsonField()
    created_at = UtcField()


class ShipsOffset(Table):
    """Ship's time from a moment on, minutes east of UTC; triggers refuse any change."""

    id = peewee.TextField(primary_key=True)
    vessel = peewee.ForeignKeyField(Vessel, column_name="vessel_id")
    since = UtcField()
    minutes = peewee.IntegerField()

    class Meta:
        table_name = "ships_offset"
