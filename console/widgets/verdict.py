"""What a verification found, one line a check; what fails comes first."""

from textual.content import Content

from storage.handovers.checks import Verdict
from storage.text import visible


def verdict_lines(verdict: Verdict) -> Content:
    """`✓ outgoing signature  Mara Lindqvist`, `✗ handover.pdf  its SHA-256 is …`."""
    lines = []
    for check in sorted(verdict.checks, key=lambda check: check.ok):
        glyph, style = ("✓", "$done") if check.ok else ("✗", "$failed")
        said = Content.assemble(
            (f"{glyph} {visible(check.name)}", style), f"  {visible(check.detail)}"
        )
        lines.append(said)
    return Content("\n").join(lines)
