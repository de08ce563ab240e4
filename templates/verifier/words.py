"""The 2,048 English words of BIP-39, each known by its first four letters (MIT licence)."""

from __future__ import annotations

from importlib.resources import files

WORDS = files("templates.verifier").joinpath("words.txt").read_text().split()
