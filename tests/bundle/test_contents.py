"""What a bundle holds: every wheel listed with hash and licence, the same bytes each time."""

import hashlib
import json
from email.message import Message
from pathlib import Path

import pytest

from bundle.__main__ import main
from bundle.papers import sums
from bundle.parts import licence, part
from bundle.wheels import own_wheel, versions_here

pytestmark = pytest.mark.xdist_group("bundle")


def test_every_wheel_is_on_the_bill_of_materials_with_its_hash(made: Path) -> None:
    wheels = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (made / "wheels").iterdir()
    }
    bill = json.loads((made / "bom.json").read_text())
    assert bill["bomFormat"] == "CycloneDX" and bill["specVersion"] == "1.6"
    listed = {part["bom-ref"]: part["hashes"][0]["content"] for part in bill["components"]}
    assert listed == wheels


def test_every_package_is_on_the_list_of_licences_and_none_without_one(made: Path) -> None:
    lines = (made / "LICENCES.txt").read_text().splitlines()[3:]
    found = {line.split()[0]: line.split(maxsplit=2)[2] for line in lines}
    assert len(found) == len(list((made / "wheels").iterdir()))
    assert found["eightbells"] == "MIT" and all(found.values())


def test_what_goes_aboard_has_the_versions_the_tests_run_with(made: Path) -> None:
    parts = [part(path) for path in (made / "wheels").iterdir()]
    known = {name.lower(): version for name, version in versions_here()}
    others = {p.name for p in parts if known.get(p.name.lower()) != p.version}
    assert others == {"eightbells", "pip"}


def test_the_same_sources_make_the_same_wheel(made: Path, tmp_path: Path) -> None:
    again = own_wheel(tmp_path)
    assert again.read_bytes() == (made / "wheels" / again.name).read_bytes()


def test_the_sums_cover_every_file_but_themselves(made: Path) -> None:
    assert (made / "SHA256SUMS").read_text() == sums(made)
    names = {line.split("  ")[1] for line in sums(made).splitlines()}
    files = {str(p.relative_to(made)) for p in made.rglob("*") if p.is_file()}
    assert files - names == {"SHA256SUMS"}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"License-Expression": "MIT-0", "License": "x"}, "MIT-0"),
        ({"Classifier": "License :: OSI Approved :: BSD License", "License": "x"}, "BSD License"),
        ({"Classifier": "License :: OSI Approved", "License": "Zlib\nand so on"}, "Zlib"),
        ({}, "see the wheel"),
    ],
)
def test_a_licence_is_read_from_the_newest_field_there_is(
    fields: dict[str, str], name: str
) -> None:
    about = Message()
    for field, value in fields.items():
        about[field] = value
    assert licence(about) == name


def test_a_wheel_that_cannot_be_had_is_an_error_in_pips_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    assert main(["--into", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("error: no_wheels: ")
    assert not list(tmp_path.glob("eightbells-*"))
