"""What the server of `program.py` imports once: the program and all its nouns."""

from console.cli.program import NOUNS, noun

for name in NOUNS:
    noun(name)
