"""The knowledge of the reader as data: one reviewable file per concern (pure; see docs/quality.md).

Nothing is read before it is first asked for, and then only once per process.
"""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

KNOWLEDGE_VERSION = 1


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
