"""Private tables of the crew."""

import peewee

from storage.engine import JsonField, Table, UtcField


class Person(Table):
    """One member of the crew, aboard or not. Names are unique among all who ever served."""

    id = peewee.TextField(primary_key=True)
    name = peewee.TextField(unique=True)
    role = peewee.TextField()
    is_admin = peewee.BooleanField()
    is_active = peewee.BooleanField()
    pin_failures = peewee.IntegerField(default=0)
    created_at = UtcField()
    failed_at = UtcField(null=True)
    failed_boot = peewee.TextField(default="")
    failed_uptime_ms = peewee.IntegerField(default=0)
    left_at = UtcField(null=True)


class PersonKey(Table):
    """A signing key, good from `created_at` until `retired_at`; at most one per person is in use.

    Ended ones stay for verification, without their private half.
    """

    person_id: str
    id = peewee.TextField(primary_key=True)
    person = peewee.ForeignKeyField(Person, column_name="person_id")
    public_key = peewee.TextField()
    sealed = JsonField()
    created_at = UtcField()
    retired_at = UtcField(null=True)
    began_why = peewee.TextField()
    ended_why = peewee.TextField(null=True)

    class Meta:
        table_name = "person_key"


class PinReset(Table):
    """A new PIN that one person proposed for another; at most one open per person."""

    id = peewee.TextField(primary_key=True)
    person_id = peewee.TextField()
    proposed_by = peewee.TextField()
    proposed_at = UtcField()
    proposed_boot = peewee.TextField()
    proposed_uptime_ms = peewee.IntegerField()
    state = peewee.TextField()
    confirmed_by = peewee.TextField(null=True)
    ended_at = UtcField(null=True)

    class Meta:
        table_name = "pin_reset"
