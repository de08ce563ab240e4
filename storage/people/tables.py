"""Private tables of the crew."""

import peewee

from storage.engine import JsonField, Table, UtcField


class Person(Table):
    """One member of the crew. Names are unique among all who ever served."""

    id = peewee.TextField(primary_key=True)
    name = peewee.TextField(unique=True)
    role = peewee.TextField()
    is_admin = peewee.BooleanField()
    is_active = peewee.BooleanField()
    pin_failures = peewee.IntegerField(default=0)
    created_at = UtcField()


class PersonKey(Table):
    """A signing key; at most one per person is in use, retired ones stay for verification."""

    id = peewee.TextField(primary_key=True)
    person = peewee.ForeignKeyField(Person, column_name="person_id")
    public_key = peewee.TextField()
    sealed = JsonField()
    created_at = UtcField()
    retired_at = UtcField(null=True)

    class Meta:
        table_name = "person_key"
