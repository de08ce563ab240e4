"""How many handovers were signed, day by day."""

from datetime import date

from storage.database import read_only
from storage.engine import ledger
from storage.entries.trends import DAYS, beginning_of, last_days
from storage.value import Value

_SIGNED = """
SELECT substr(signed_at, 1, 10), count(*) FROM handover INDEXED BY handover_signed_at
WHERE signed_at >= ? GROUP BY 1
"""


class SignedDay(Value):
    """One UTC day: how many handovers were countersigned on it, corrections among them."""

    day: date
    signed: int


def signed_by_day(days: int = DAYS) -> tuple[SignedDay, ...]:
    """The last so many days, oldest first; the last one is going on."""
    wanted = last_days(days)
    with read_only():
        rows = ledger.execute_sql(_SIGNED, (beginning_of(wanted[0]),)).fetchall()
    signed = {day: int(count) for day, count in rows}
    return tuple(SignedDay(day=day, signed=signed.get(day.isoformat(), 0)) for day in wanted)
