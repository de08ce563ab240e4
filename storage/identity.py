"""Identifiers: UUIDv7, so that an id sorts by the time it was given."""

import uuid_utils


def new_id() -> str:
    """A fresh UUIDv7 as text."""
    return str(uuid_utils.uuid7())
