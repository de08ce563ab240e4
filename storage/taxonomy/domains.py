"""The 35 domains and six buckets of DOMAIN §1: fixed, versioned data, never free text (pure)."""

from enum import StrEnum

from storage.value import Value

TAXONOMY_VERSION = 1


class Bucket(StrEnum):
    """The sections of a handover, in their fixed document order."""

    COMMAND = "Command"
    ENGINEERING = "Engineering"
    ETO_AVIT = "ETO_AVIT"
    DECK = "Deck"
    INTERIOR = "Interior"
    ADMIN_COMPLIANCE = "Admin_Compliance"


BUCKET_LABELS = {
    Bucket.COMMAND: "Command",
    Bucket.ENGINEERING: "Engineering",
    Bucket.ETO_AVIT: "ETO / AV-IT",
    Bucket.DECK: "Deck",
    Bucket.INTERIOR: "Interior",
    Bucket.ADMIN_COMPLIANCE: "Admin & Compliance",
}

_BUCKET_OF_PREFIX = {
    "CMD": Bucket.COMMAND,
    "ENG": Bucket.ENGINEERING,
    "ETO": Bucket.ETO_AVIT,
    "DECK": Bucket.DECK,
    "INT": Bucket.INTERIOR,
    "ADM": Bucket.ADMIN_COMPLIANCE,
}


class Domain(Value):
    """One domain: its code, its name, and what typically belongs to it."""

    code: str
    name: str
    typical: str

    @property
    def bucket(self) -> Bucket:
        """The one bucket this domain belongs to, decided by its prefix."""
        return bucket_of(self.code)

    @property
    def generated_only(self) -> bool:
        """Whether no entry may be assigned to it (Command is derived, DOMAIN §2)."""
        return self.bucket is Bucket.COMMAND


def bucket_of(code: str) -> Bucket:
    """The bucket a domain code belongs to.

    Raises:
        KeyError: not a domain prefix.
    """
    return _BUCKET_OF_PREFIX[code.split("-", 1)[0]]


_ROWS = """
ENG-01 | Propulsion & Drive | main engines, gearbox, shaft, thrusters, stabilisers, steering
ENG-02 | Power Generation | generators, load sharing, shore changeover
ENG-03 | Electrical Distribution | switchboards, breakers, UPS, transformers, batteries
ENG-04 | HVAC & Refrigeration | chillers, AHUs, compressors, cold rooms
ENG-05 | Plumbing & Sanitation | fresh water, watermaker, grey/black, bilge, sewage plant
ENG-06 | Fuel & Lubrication | transfer, purification, day tanks, bunkers, lube oil
ENG-07 | Hydraulics & Pneumatics | power packs, actuators, leaks, pressure faults
ENG-08 | Fire Detection & Suppression | panels, loops, alarms, fixed suppression
ENG-09 | Safety & Life-Saving Equipment | lifeboats, rafts, mounts, release gear
ENG-10 | Machinery Spaces General | leaks, vibration, abnormal noise
ETO-01 | Navigation Electronics | radar, ECDIS, GPS, AIS, gyro
ETO-02 | Networks & Connectivity | VSAT, Wi-Fi, switches
ETO-03 | AV & Guest Control | control panels, TVs, audio zones
ETO-04 | CCTV & Access Control | cameras, recorders, door systems
ETO-05 | Monitoring & Alarm Routing | alarm monitoring, PLC, sensor feeds
ETO-06 | Radio & GMDSS | VHF, satcom, distress systems
DECK-01 | Deck Machinery | windlass, cranes, passerelle
DECK-02 | Mooring & Anchoring | lines, fenders, anchors
DECK-03 | Tenders & Toys | tenders, jetskis, chargers
DECK-04 | Exterior Maintenance | teak, paint, corrosion
DECK-05 | Bridge Operations | passage plan, charts, standing orders
DECK-06 | On-Deck Safety | PPE, working aloft, near misses
INT-01 | Guest Services & Preferences | likes, dislikes, boundaries
INT-02 | Housekeeping & Laundry | laundry machines, linen
INT-03 | Galley & Food Service | galley equipment constraints
INT-04 | Interior Inventory | amenities, wines, consumables
ADM-01 | Compliance & Certification | flag, class, inspections
ADM-02 | Crew & HR | contracts, visas, rotations
ADM-03 | Finance & Accounting | invoices, payments
ADM-04 | Procurement & Logistics | orders, deliveries, customs
ADM-05 | Port Ops & Agents | clearances, port documents
ADM-06 | Insurance & Claims | incidents, insurer actions
CMD-01 | Operational Risk State | generated only: cross-domain unresolved risk
CMD-02 | Guest Experience State | generated only: cross-domain guest impact
CMD-03 | Vessel Readiness State | generated only: cross-domain readiness
"""


def _domain(row: str) -> Domain:
    code, name, typical = (part.strip() for part in row.split("|"))
    return Domain(code=code, name=name, typical=typical)


DOMAINS = {d.code: d for d in map(_domain, _ROWS.strip().splitlines())}
"""Every domain by its code, in document order within its bucket."""

ASSIGNABLE = tuple(code for code, domain in DOMAINS.items() if not domain.generated_only)
"""The 32 codes an entry may carry."""
