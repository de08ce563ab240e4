"""Naming the vessel, changing her clocks, posting a watch bill and her names for equipment."""

from collections.abc import Sequence

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import offset_words
from storage.errors import AlreadyExists, BadInput
from storage.identity import new_id
from storage.vessel.rules import (
    FOUR_ON_EIGHT_OFF,
    Watch,
    check_imo,
    check_watch_bill,
    read_equipment,
)
from storage.vessel.tables import EquipmentList, ShipsOffset, Vessel
from storage.vessel.views import VesselView, equipment, the_vessel


def name_vessel(
    actor: Actor, name: str, *, imo: str | None = None, offset_minutes: int = 0
) -> VesselView:
    """Give the store its vessel.

    Raises:
        AlreadyExists: a store has one vessel. BadInput: the name or the IMO number.
    """
    with act(actor, "vessel.named", "vessel") as deed:
        known = Vessel.select().first()
        if known is not None:
            raise AlreadyExists(kind="vessel", id=known.name)
        if not name.strip() or not name.isprintable() or len(name) > 80:
            raise BadInput(why="A vessel's name has 1 to 80 printable characters.")
        row = Vessel.create(
            id=new_id(), name=name.strip(), imo=check_imo(imo),
            watch_bill=[watch.model_dump() for watch in FOUR_ON_EIGHT_OFF], created_at=deed.at,
        )  # fmt: skip
        ShipsOffset.create(id=new_id(), vessel=row.id, since=deed.at, minutes=offset_minutes)
        deed.subject_id = row.id
        deed.detail.update(name=row.name, imo=row.imo, offset=offset_words(offset_minutes))
    return the_vessel()


def set_offset(actor: Actor, offset_minutes: int) -> VesselView:
    """Change ship's time from now on; times already recorded keep theirs."""
    vessel = the_vessel()
    with act(actor, "vessel.clocks_changed", "vessel", vessel.id) as deed:
        if vessel.offset_minutes == offset_minutes:
            deed.unchanged()
        else:
            ShipsOffset.create(id=new_id(), vessel=vessel.id, since=deed.at, minutes=offset_minutes)
            deed.detail.update(
                before=offset_words(vessel.offset_minutes), after=offset_words(offset_minutes)
            )
    return the_vessel()


def post_watch_bill(actor: Actor, watches: Sequence[Watch]) -> VesselView:
    """Replace the watch bill.

    Raises:
        BadInput: the watches do not go once round the clock.
    """
    vessel = the_vessel()
    with act(actor, "vessel.watch_bill_posted", "vessel", vessel.id) as deed:
        check_watch_bill(tuple(watches))
        bill = [watch.model_dump() for watch in watches]
        Vessel.update(watch_bill=bill).where(Vessel.id == vessel.id).execute()
        deed.detail.update(watches=[str(watch) for watch in watches])
    return the_vessel()


def post_equipment(actor: Actor, data: bytes) -> VesselView:
    """Replace the ship's own names for her equipment; every version posted stays on record.

    From now on narratives are read with these names; what was captured before stays as it is.

    Raises:
        NotPermitted: not an officer. BadInput: what cannot be used, and in which line.
    """
    vessel = the_vessel()
    with act(actor, "vessel.equipment_posted", "vessel", vessel.id) as deed:
        names, before = read_equipment(data), equipment()
        if names == before.names:
            deed.unchanged()
            return vessel
        EquipmentList.insert(
            id=new_id(), vessel=vessel.id, version=before.version + 1,
            names=names, posted_by=actor.name, posted_at=deed.at,
        ).execute()  # fmt: skip
        deed.detail.update(version=before.version + 1, names=names)
    return the_vessel()
