"""I15: whichever value of a signed folder is changed, both verifiers notice."""

import json
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from typing import Any

import pytest

from storage.canonical import canonical_json
from templates.verifier.folder import check_path
from tests.worker.handlers.forging import Archive, archive, ours, relisted, untouched

__all__ = ["archive", "untouched"]

pytestmark = pytest.mark.aboard  # the folders are forged on a ship's disk


def leaves(value: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    """Where every plain value of a JSON document stands."""
    if isinstance(value, dict | list) and value:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, *path, step)
    else:
        yield path


OTHERS: dict[str, tuple[Any, ...]] = {
    "handover.json": (7,),
    "proof.json": (None, 7, "0" * 64, [], "2026-03-01T00:00:00Z"),
}
"""What every value of a file becomes, one after the other."""


@pytest.mark.parametrize("name", OTHERS)
def test_i15_no_value_of_either_file_can_be_changed_unnoticed(archive: Archive, name: str) -> None:
    others = OTHERS[name]
    sound = json.loads((archive.second / name).read_bytes())
    for path in leaves(sound):
        for other in others:
            forged = json.loads(canonical_json(sound))
            inner = reduce(getitem, path[:-1], forged)
            if inner[path[-1]] == other:
                continue
            inner[path[-1]] = other
            (archive.second / name).write_bytes(canonical_json(forged))
            relisted(archive.second)
            assert ours(archive.second), f"{path} became {other!r} unnoticed"
            _, strangers = check_path(archive.second, [])
            assert any(finding.complaint for finding in strangers), f"{path} became {other!r}"
