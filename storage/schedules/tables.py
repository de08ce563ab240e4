"""Private tables of the schedules."""

import peewee

from storage.engine import JsonField, Table, UtcField


class Schedule(Table):
    """How far a schedule has been looked at, and by which plan it goes since then."""

    name = peewee.TextField(primary_key=True)
    plan = JsonField()
    seen_until = UtcField()


class Occurrence(Table):
    """One occurrence; a missed one stands for `count` in a row, the last of which names it.

    What happened never changes; only the answer to a missed one is added, by triggers as well.
    """

    seq = peewee.AutoField()
    schedule = peewee.TextField()
    occurrence = peewee.TextField()
    state = peewee.TextField()
    count = peewee.IntegerField()
    first_due_at = UtcField()
    due_at = UtcField()
    noted_at = UtcField()
    job_id = peewee.TextField(null=True)
    answered_at = UtcField(null=True)

    class Meta:
        table_name = "schedule_occurrence"
