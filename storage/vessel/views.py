"""The vessel, her time at any moment, and what she calls things."""

from datetime import datetime

from pydantic import Field

from storage.clock import both_times, ships_time, to_text
from storage.database import now, read_only
from storage.errors import NotFound
from storage.value import Value
from storage.vessel.rules import Watch, watch_at
from storage.vessel.tables import EquipmentList, ShipsOffset, Vessel


class EquipmentView(Value):
    """The ship's own names for her equipment, each with its domain; version 0: none is posted."""

    version: int = 0
    names: dict[str, str] = Field(default_factory=dict)
    posted_by: str | None = None
    posted_at: datetime | None = None


class VesselView(Value):
    """The vessel, with the offset and watch of the moment asked for.

    `equipment_version` counts the lists of equipment names posted, `equipment_names` the names in
    the one that holds.
    """

    id: str
    name: str
    imo: str | None
    offset_minutes: int
    watch_bill: tuple[Watch, ...]
    watch: str
    at: datetime
    equipment_version: int
    equipment_names: int

    def both_times(self, moment: datetime, *, clock: str = "%H:%M") -> str:
        """A time as it is always printed: ship's time with its offset, and UTC."""
        return both_times(moment, self.offset_minutes, clock=clock)


def the_vessel(at: datetime | None = None) -> VesselView:
    """The vessel of this store, as of `at` (default: now).

    Raises:
        NotFound: the store has no vessel yet.
    """
    moment = at or now()
    with read_only():
        row = Vessel.select().order_by(Vessel.created_at).first()
        if row is None:
            raise NotFound(kind="vessel", id="in this store")
        minutes, own = offset_at(row.id, moment), equipment()
    bill = tuple(Watch(**watch) for watch in row.watch_bill)
    local = ships_time(moment, minutes)
    return VesselView(
        id=row.id, name=row.name, imo=row.imo, offset_minutes=minutes, watch_bill=bill,
        watch=str(watch_at(bill, f"{local:%H%M}")), at=moment,
        equipment_version=own.version, equipment_names=len(own.names),
    )  # fmt: skip


def equipment() -> EquipmentView:
    """The names that hold now: those of the list posted last."""
    with read_only():
        row = EquipmentList.select().order_by(EquipmentList.version.desc()).first()
    if row is None:
        return EquipmentView()
    return EquipmentView(**{name: getattr(row, name) for name in EquipmentView.model_fields})


def offset_at(vessel_id: str, moment: datetime) -> int:
    """Minutes east of UTC on the ship's clock at `moment`; before the first entry, the first."""
    offsets = ShipsOffset.select().where(ShipsOffset.vessel == vessel_id)
    row = (
        offsets.where(ShipsOffset.since <= to_text(moment))
        .order_by(ShipsOffset.since.desc(), ShipsOffset.id.desc())
        .first()
    ) or offsets.order_by(ShipsOffset.since).first()
    return int(row.minutes) if row else 0
