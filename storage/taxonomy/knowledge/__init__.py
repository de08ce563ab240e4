"""The knowledge of the reader as data: one reviewable file per concern (pure; see docs/quality.md).

Nothing is read before it is first asked for, and then only once per process.
"""

import json
import tomllib
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

_DATA = (".json", ".toml")


@cache
def version() -> str:
    """Sixteen digits that change whenever anything in these files does (DOMAIN §1): what a draft
    was read with stands in its audit event."""
    found = sha256()
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(_DATA):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]


@cache
def toml(name: str) -> dict[str, Any]:
    """The tables of `name`.toml."""
    return tomllib.loads(_text(f"{name}.toml"))


@cache
def table(name: str) -> dict[str, Any]:
    """The numbers of `name`.json."""
    loaded: dict[str, Any] = json.loads(_text(f"{name}.json"))
    return loaded


def listed(text: str) -> list[str]:
    """The terms of a comma-separated block."""
    return [term for term in (part.strip() for part in text.replace("\n", " ").split(",")) if term]


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
