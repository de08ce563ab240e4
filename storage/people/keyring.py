"""The keys of the crew as rows: one in use, the others ended. Called inside somebody's act."""

from datetime import datetime
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.errors import NotPermitted
from storage.identity import new_id
from storage.people.keys import new_key, public_hex, seal
from storage.people.states import Began, Ended
from storage.people.tables import Person, PersonKey


class Fresh(NamedTuple):
    """A key that nobody has yet, and its seal."""

    key: Ed25519PrivateKey
    sealed: dict[str, Any]

    @property
    def public(self) -> str:
        """The public half, in hexadecimal."""
        return public_hex(self.key)


def fresh_key(pin: str) -> Fresh:
    """A new key behind a PIN. Slow on purpose: never inside a transaction."""
    key = new_key()
    return Fresh(key, seal(key, pin))


def key_in_use(person_id: str) -> PersonKey:
    """The row of the key this person signs with now.

    Raises:
        NotPermitted: they have none, because they rejoined and have no PIN yet.
    """
    row = PersonKey.get_or_none(PersonKey.person == person_id, PersonKey.retired_at.is_null())
    if row is None:
        name = Person.get_by_id(person_id).name
        raise NotPermitted(
            why=f"{name} has no PIN yet: two others aboard give one, with `crew reset-pin`."
        )
    return row


def give_key(person_id: str, fresh: Fresh, at: datetime, why: Began) -> None:
    """Put a key into use."""
    PersonKey.create(
        id=new_id(), person=person_id, public_key=fresh.public, sealed=fresh.sealed,
        created_at=at, began_why=why.value,
    )  # fmt: skip


def end_key(person_id: str, at: datetime, why: Ended) -> str:
    """End the key in use and throw its private half away; returns the public half, or nothing."""
    in_use = (PersonKey.person == person_id) & PersonKey.retired_at.is_null()
    row = PersonKey.get_or_none(in_use)
    if row is None:
        return ""
    PersonKey.update(retired_at=at, ended_why=why.value, sealed={}).where(in_use).execute()
    return str(row.public_key)


def seal_anew(person_id: str, looked_at: PersonKey, sealed: dict[str, Any]) -> bool:
    """Lock the same key with another PIN or at another cost; False if it was changed meanwhile."""
    row = key_in_use(person_id)
    if (row.id, row.sealed) != (looked_at.id, looked_at.sealed):
        return False
    PersonKey.update(sealed=sealed).where(PersonKey.id == row.id).execute()
    return True
