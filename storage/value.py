"""The base of every frozen value that crosses a door."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Immutable, strict about unknown fields, compared by content."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
