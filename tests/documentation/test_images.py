"""The images of the README show the program as it is."""

import pytest

from tests.documentation.images import IMAGES, ROOT, drawn, image


@pytest.mark.parametrize("name", IMAGES)
def test_an_image_is_the_newest_picture(name: str) -> None:
    assert image(name).read_text() == drawn(name), "run `make pictures`"


def test_the_readme_shows_every_image_and_no_other() -> None:
    shown = [
        line for line in (ROOT / "README.md").read_text().splitlines() if "docs/images/" in line
    ]
    assert {line.rpartition("/")[2].removesuffix(".svg)") for line in shown} == set(IMAGES)
