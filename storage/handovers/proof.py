"""What lies beside a signed document to prove it by the log, as one value (pure).

`canonical_json(proof.model_dump(mode="json"))` are the bytes of proof.json. It is made from the log
up to the event that signed, so every export of a handover holds the same one.
"""

from typing import Literal

from storage.audit.chain import Checkpoint
from storage.handovers.snapshot import Snapshot
from storage.value import Value

PROOF = "proof.json"


class LoggedEvent(Value):
    """One audit event. `values` are what its hash covers, in the order of `chain.COLUMNS`.

    `path` leads from its hash to the root of the log (RFC 9162 §2.1.3), in hexadecimal.
    """

    values: tuple[int | str | None, ...]
    hash: str
    path: tuple[str, ...]


class Earlier(Value):
    """The handover signed before this one, and that the log has only grown since.

    `log` is the log as that handover's own proof names it, and `signed` its last event, proved by
    the present one; `path` is the consistency proof between the two (RFC 9162 §2.1.4).
    """

    document_number: str
    document_hash: str
    log: Checkpoint
    signed: LoggedEvent
    path: tuple[str, ...]


class KnownKey(Value):
    """A public key as the crew list has it; all that versions before this one could say of it."""

    person_id: str
    name: str
    public_key: str


class BoundKey(KnownKey):
    """A signatory's key as the log knows it.

    `named` is the event that first calls it theirs, `signed` that of their signature, and `ended`
    the one that ended it, where the log had one by then.
    """

    named: LoggedEvent
    signed: LoggedEvent
    ended: LoggedEvent | None

    @property
    def events(self) -> tuple[LoggedEvent, ...]:
        """All there are."""
        return (self.named, self.signed, *([self.ended] if self.ended else []))


class AttachedSource(Value):
    """A source document that the handover rests on."""

    id: str
    name: str
    sha256: str


class Proof(Value):
    """That a signed document stands in the log, and that the log was only added to.

    `events` run without a gap from the one after the snapshot's checkpoint to the one that signed,
    which is the last of `log`. Format 1 is that of signatures whose events name no key.
    """

    format: Literal["eightbells.proof/1", "eightbells.proof/2"]
    document_number: str
    document_hash: str
    log: Checkpoint
    events: tuple[LoggedEvent, ...]
    previous: Earlier | None
    keys: tuple[BoundKey | KnownKey, ...]
    sources: tuple[AttachedSource, ...]


def attached_sources(snapshot: Snapshot) -> tuple[AttachedSource, ...]:
    """Every document the items rest on, once, in order of first mention."""
    found = {
        source.id: AttachedSource(id=source.id, name=source.name, sha256=source.sha256)
        for section in snapshot.sections
        for item in section.items
        for source in item.sources.documents
    }
    return tuple(found.values())
