"""The papers of a bundle: bill of materials, licences, facts for its scripts, sums."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from bundle.parts import Part

BILL, LICENCES, FACTS, SUMS = "bom.json", "LICENCES.txt", "bundle.env", "SHA256SUMS"


def bill_of_materials(parts: Sequence[Part]) -> str:
    """CycloneDX 1.6: every wheel with its version, licence and hash; the same for the same wheels.

    Its number and its time come from the content, or no two bundles would have equal sums.
    """
    bill = Bom(components=[_component(part) for part in parts])
    bill.serial_number = uuid5(NAMESPACE_URL, " ".join(part.sha256 for part in parts))
    bill.metadata.timestamp = datetime(1980, 1, 1, tzinfo=UTC)
    return str(JsonV1Dot6(bill).output_as_string(indent=2)) + "\n"


def licence_list(parts: Sequence[Part]) -> str:
    """One line a package; the full texts are inside the wheels, under `.dist-info`."""
    rows = sorted({(part.name, part.version, part.licence) for part in parts}, key=_by_name)
    wide = max(len(name) for name, _, _ in rows)
    lines = [f"{name:<{wide}}  {version:<10}  {licence}" for name, version, licence in rows]
    return "\n".join((
        "What this bundle installs, and under which licence. The full texts are in the wheels,",
        "which are zip files, and after installing in the folders *.dist-info.", "", *lines, "",
    ))  # fmt: skip


def facts(values: Mapping[str, str]) -> str:
    """What the bundle's scripts must know, as lines a shell reads."""
    return "".join(f"{name}='{value}'\n" for name, value in values.items())


def sums(folder: Path) -> str:
    """The hash of every file of a folder but its own, in the form of `sha256sum`."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n"
        for path in files
    )


def _component(part: Part) -> Component:
    return Component(
        name=part.name, version=part.version, type=ComponentType.LIBRARY, bom_ref=part.file,
        purl=PackageURL("pypi", None, part.name.lower(), part.version, {"file_name": part.file}),
        licenses=[DisjunctiveLicense(name=part.licence)],
        hashes=[HashType.from_composite_str(f"sha256:{part.sha256}")],
    )  # fmt: skip


def _by_name(row: tuple[str, str, str]) -> str:
    return row[0].lower()
