"""What the server of `program.py` loads once: the program, all its nouns, what it reads with."""

from console.cli.program import NOUNS, noun
from storage.taxonomy.classify import classify

for name in NOUNS:
    noun(name)
classify("Bilge pump leaks.")
