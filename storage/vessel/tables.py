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


class EquipmentList(Table):
    """The ship's own names for her equipment as an officer posted them; triggers refuse change."""

    id = peewee.TextField(primary_key=True)
    vessel = peewee.ForeignKeyField(Vessel, column_name="vessel_id")
    version = peewee.IntegerField()
    names = JsonField()
    posted_by = peewee.TextField()
    posted_at = UtcField()

    class Meta:
        table_name = "equipment_list"
