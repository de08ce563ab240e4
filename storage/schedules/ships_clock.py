"""The ship's time and watch bill that schedules go by."""

import json
from dataclasses import dataclass
from datetime import datetime

from storage.clock import both_times, from_text
from storage.engine import ledger
from storage.schedules.rules import Offsets

_VESSEL = "SELECT id, watch_bill FROM vessel ORDER BY created_at LIMIT 1"
_OFFSETS = "SELECT since, minutes FROM ships_offset WHERE vessel_id = ? ORDER BY since, id"
_POSTED = "SELECT (SELECT max(rowid) FROM ships_offset), (SELECT max(watch_bill) FROM vessel)"


@dataclass(frozen=True, slots=True)
class ShipsClock:
    """Ship's time with all its changes, and when watches end (HHMM); both empty ashore."""

    vessel_id: str | None = None
    offsets: Offsets = ()
    watch_ends: tuple[str, ...] = ()

    def both_times(self, moment: datetime) -> str:
        """A time as it is always printed: ship's time with its offset, and UTC."""
        held = [minutes for since, minutes in self.offsets if since <= moment]
        first = self.offsets[0][1] if self.offsets else 0
        return both_times(moment, held[-1] if held else first)


def ships_clock() -> ShipsClock:
    """The clock of the vessel; of a store without one, an empty bill and UTC."""
    row = ledger.execute_sql(_VESSEL).fetchone()
    if row is None:
        return ShipsClock()
    vessel_id, bill = row
    changes = ledger.execute_sql(_OFFSETS, (vessel_id,)).fetchall()
    return ShipsClock(
        vessel_id=vessel_id,
        offsets=[(from_text(since), minutes) for since, minutes in changes],
        watch_ends=tuple(watch["end"] for watch in json.loads(bill)),
    )


def posted() -> tuple[int | None, str | None]:
    """What differs whenever ship's time or the watch bill was changed; two seeks."""
    offsets, bill = ledger.execute_sql(_POSTED).fetchone()
    return offsets, bill
