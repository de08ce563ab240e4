"""What each wheel of a bundle says of itself: name, version, licence, hash."""

import hashlib
import zipfile
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple

CLASSIFIER = "License :: "
LONGEST = 60
"""Characters of a licence's name; some packages put the whole text in its place."""


class Part(NamedTuple):
    """One wheel."""

    file: str
    name: str
    version: str
    licence: str
    sha256: str


def part(wheel: Path) -> Part:
    """Read one wheel's own description."""
    with zipfile.ZipFile(wheel) as archive:
        (described,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        about = BytesParser().parsebytes(archive.read(described))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    name, version = str(about["Name"]), str(about["Version"])
    return Part(wheel.name, name, version, licence(about), digest)


def licence(about: Message) -> str:
    """The licence in a few words, from the newest of the three fields it may stand in."""
    expression = str(about.get("License-Expression") or "").strip()
    if expression:
        return expression
    classified = [
        value.rpartition(" :: ")[2]
        for value in map(str, about.get_all("Classifier", []))
        if value.startswith(CLASSIFIER) and value.count(" :: ") > 1
    ]
    if classified:
        return "; ".join(classified)
    first = str(about.get("License") or "").strip().splitlines()[:1]
    return first[0][:LONGEST] if first else "see the wheel"
