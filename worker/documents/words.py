"""What the snapshot's codes are called on paper: words and glyphs, never colour alone (pure)."""

from collections.abc import Iterator

from storage.canonical import sha256_hex
from storage.clock import both_times
from storage.drafts.content import ItemState, SlotState
from storage.handovers.snapshot import Checkpoint, Position, SnapshotItem
from storage.taxonomy.risks import Confidence, RiskTag

RISK_GLYPHS = {
    RiskTag.SAFETY_CRITICAL: "▲",
    RiskTag.COMPLIANCE_CRITICAL: "■",
    RiskTag.GUEST_IMPACTING: "●",
    RiskTag.COST_IMPACTING: "◆",
    RiskTag.OPERATIONAL_DEBT: "▽",
    RiskTag.INFORMATIONAL: "·",
}

STATE_WORDS = {
    ItemState.OPEN: "open",
    ItemState.DONE: "done",
    ItemState.RESTRICTION: "restriction in force",
    ItemState.NONE: "",
}

CONFIDENCE_WORDS = {
    Confidence.HIGH: "confidence high",
    Confidence.MEDIUM: "confidence medium",
    Confidence.LOW: "confidence LOW",
}

SLOT_WORDS = {
    SlotState.STATED: "stated",
    SlotState.STATED_NIL: "stated nil",
    SlotState.NOT_COVERED: "NOT COVERED",
}

POSITION_WORDS = {
    Position.OUTGOING: "Outgoing officer",
    Position.INCOMING: "Incoming officer",
}


def flags(item: SnapshotItem) -> Iterator[str]:
    """What must not be overlooked, in capitals beside the item's number."""
    if item.conflict:
        yield "CONFLICTING STATEMENTS"
    if item.uncertain:
        yield "UNCERTAIN"


def marks(item: SnapshotItem, offset_minutes: int) -> Iterator[str]:
    """What else is to be known about an item beside its text, one phrase after another."""
    if STATE_WORDS[item.state]:
        yield STATE_WORDS[item.state]
    if item.carried:
        yield carried(item, offset_minutes)
    yield CONFIDENCE_WORDS[item.confidence]
    if item.summarised:
        yield f"summarised from {_counted(len(item.sources.entries), 'entry', 'entries')}"


def carried(item: SnapshotItem, offset_minutes: int) -> str:
    """`4th handover, first raised 12 days ago`, with the time when it is known."""
    age = f"{_counted(item.age_days, 'day', 'days')} ago" if item.age_days else "today"
    when = item.first_raised_at and f" ({both_times(item.first_raised_at, offset_minutes)})"
    return f"{ordinal(item.count)} handover, first raised {age}{when or ''}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`."""
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def spoken(code: str) -> str:
    """An identifier as words: `bridge_watch` is `bridge watch`."""
    return code.replace("_", " ").replace("-", " ").lower()


def fingerprint(public_key: str) -> str:
    """Half the SHA-256 of a public key, in hexadecimal groups that people can compare."""
    digest = sha256_hex(bytes.fromhex(public_key))
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def scanned(number: str, document_hash: str | None, log: Checkpoint | None) -> str:
    """What the square code on the cover holds: number, document hash, fingerprint of the log."""
    return " ".join(("eightbells", number, document_hash or "", str(log or ""))).strip()


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
