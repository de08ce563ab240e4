"""The README's images: pictures of the program, copied by `python -m tests.documentation.images`.

`make pictures` draws them anew first.
"""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "tests" / "console" / "app" / "__snapshots__" / "test_pictures"
IMAGES = {
    "handover": "test_a_place_by_day[handover-120x40]",
    "watch": "test_a_palette[watch-dusk]",
    "system": "test_a_place_by_day[system-120x40]",
}
"""The name of an image → the picture it is."""


def drawn(name: str) -> str:
    """The picture of an image, as the program drew it last."""
    return (PICTURES / f"{IMAGES[name]}.svg").read_text()


def image(name: str) -> Path:
    """Where the image stands."""
    return ROOT / "docs" / "images" / f"{name}.svg"


if __name__ == "__main__":
    for name in IMAGES:
        image(name).write_text(drawn(name))
