"""Who acts: a person, the worker's service identity, or the system itself (pure)."""

from enum import StrEnum

from storage.value import Value


class ActorKind(StrEnum):
    """Only a human may ever review, accept, sign or export (DOMAIN §6)."""

    HUMAN = "human"
    SERVICE = "service"
    SYSTEM = "system"


class Actor(Value):
    """The first argument of every verb. `role` is a role identifier of DOMAIN §3 for people."""

    kind: ActorKind
    id: str
    name: str
    role: str | None = None

    @property
    def is_human(self) -> bool:
        """Whether a person stands behind the act."""
        return self.kind is ActorKind.HUMAN


SYSTEM = Actor(kind=ActorKind.SYSTEM, id="system", name="Eight Bells")
WORKER = Actor(kind=ActorKind.SERVICE, id="worker", name="worker pool")
