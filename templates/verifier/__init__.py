"""What checks a signed folder where there is no Eight Bells, exported as one readable file.

spelling.py  the one spelling of a value, and its hash
findings.py  what was looked at, and what is wrong with it
ed25519.py   signatures, with a library or without
tree.py      proofs in the tree over the log
document.py  handover.json
keys.py      whose key is which, and from when to when
proof.py     proof.json
log.py       an export of the whole log
pages.py     a PDF by itself
seal.py      a sealed copy of that PDF
folder.py    which checks there are to do
words.py     the words of the paper log
paper.py     a hash in those words
command.py   what is asked and what is said

It shares no code with `eightbells verify`, on purpose: each is a check on the other. Only the
standard library is used, and `cryptography` where it is installed.
"""

import ast
import textwrap
from functools import cache
from importlib.resources import files

from templates.verifier.words import WORDS

PARTS = (
    "spelling", "findings", "ed25519", "tree", "document", "keys", "proof", "log", "pages",
    "seal", "folder", "paper", "command",
)  # fmt: skip
"""The parts in an order in which each needs only those before it; the words come last."""

_HEAD = '''#!/usr/bin/env python3
"""Is this handover what two people signed? Needs Python 3.9 or newer and nothing else.

    python3 verify.py                     checks the folder this file lies in
    python3 verify.py PATH                a signed folder, a handover.json or PDF, or a log export
    python3 verify.py --checkpoint SIZE:ROOT    and holds it against a fingerprint noted earlier

HOW-TO-VERIFY.txt says what is checked. Exit code: 0 when everything holds, 1 when not.
"""

from __future__ import annotations

'''
_FOOT = '\n\nif __name__ == "__main__":\n    sys.exit(main())\n'


@cache
def verify_py() -> bytes:
    """The parts as one file: their imports first, then each without them."""
    sources = {name: _source(name) for name in PARTS}
    words = textwrap.fill(" ".join(WORDS), 98)
    imports = sorted({line for source in sources.values() for line in _imports(source)})
    bodies = "\n\n\n".join(map(_body, sources.values()))
    listed = f'\n\n\nWORDS = """\n{words}\n""".split()'
    return (_HEAD + "\n".join(imports) + "\n\n\n" + bodies + listed + _FOOT).encode()


def _source(name: str) -> str:
    return files(__name__).joinpath(f"{name}.py").read_text(encoding="utf-8")


def _imports(source: str) -> list[str]:
    """The imports of the standard library, each as one line."""
    return [
        ast.unparse(node)
        for node in ast.parse(source).body
        if isinstance(node, ast.Import | ast.ImportFrom) and _is_foreign(node)
    ]


def _is_foreign(node: ast.Import | ast.ImportFrom) -> bool:
    module = node.module if isinstance(node, ast.ImportFrom) else None
    return module != "__future__" and not str(module).startswith(__name__)


def _body(source: str) -> str:
    """A part without its imports; its docstring stays as the heading it is."""
    left_out = {
        line
        for node in ast.parse(source).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = source.splitlines()
    kept = [line for number, line in enumerate(lines, 1) if number not in left_out]
    heading, _, rest = "\n".join(kept).partition("\n")
    return f"# {heading.strip(chr(34))}\n\n{rest.strip()}"
