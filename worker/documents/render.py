"""The page of a handover as one self-contained HTML file: strict, escaped, nothing loaded."""

import base64
import hashlib
from collections import Counter
from functools import cache, partial
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from storage.clock import both_times
from storage.handovers.snapshot import Checkpoint, Position, Snapshot, SnapshotSection
from storage.taxonomy.risks import CRITICAL, RISK_WORDS, by_severity
from storage.taxonomy.roles import ROLE_LABELS, Role
from storage.text import visible
from templates.verifier.paper import words_of
from worker.documents import words
from worker.documents.footnotes import Footnotes

_MEDIA = {
    "all": "document.css",
    "screen": "screen.css",
    "only print": "print.css",
    "pdf": "page.css",
}
"""A style sheet for each medium. Browsers know no `pdf`; what makes our PDF, no `only print`."""

_LINES_A_PARAGRAPH = 40


class Style(NamedTuple):
    """A style sheet as it stands in the page, and its hash for the page's security policy."""

    media: str
    css: Markup
    sha256: str


def render_html(
    snapshot: Snapshot,
    *,
    document_hash: str | None,
    log: Checkpoint | None = None,
    draft: bool = False,
) -> str:
    """The page of a handover, from its snapshot alone (I14); `render_pdf` takes it as it is.

    `document_hash` is the SHA-256 of the snapshot's canonical JSON; a draft has none and is marked
    as not authoritative on every page. `log` is the log's fingerprint when both had signed.

    Raises:
        ValueError: a handover that is not a draft, without its hash or both signatures.
    """
    if not draft and (document_hash is None or len(snapshot.signatures) < len(Position)):
        raise ValueError("a signed handover is printed with its hash and both signatures")
    return (
        environment()
        .get_template("document.html.j2")
        .render(
            snapshot=snapshot,
            document_hash=document_hash,
            draft=draft,
            log=log,
            scanned=words.scanned(snapshot.document_number, document_hash, log),
            footnotes=Footnotes(snapshot),
            both=partial(both_times, offset_minutes=snapshot.offset_minutes),
            marks=partial(words.marks, offset_minutes=snapshot.offset_minutes),
        )
    )


@cache
def environment() -> Environment:
    """The one environment: strict about names, always escaping, showing every character."""
    strict = Environment(
        loader=PackageLoader("templates", "handover"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    strict.filters.update(
        lines=_lines,
        spoken=words.spoken,
        role=_role,
        fingerprint=words.fingerprint,
        words=words_of,
    )
    strict.globals.update(
        styles=_styles(strict), by_severity=by_severity, criticals=_criticals,
        flags=words.flags, RISK_GLYPHS=words.RISK_GLYPHS, RISK_WORDS=RISK_WORDS, CRITICAL=CRITICAL,
        SLOT_WORDS=words.SLOT_WORDS, POSITION_WORDS=words.POSITION_WORDS,
    )  # fmt: skip
    return strict


def _shown(value: Any) -> Any:
    """Every expression of every template passes here, so none can forget (I17)."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str, style: str) -> Markup:
    """Text with its line breaks, inside a paragraph of class `style`.

    A new paragraph begins every so many lines: the time to lay one out grows with its square.
    """
    lines = visible(text).split("\n")
    paragraphs = (
        Markup("<br/>").join(lines[start : start + _LINES_A_PARAGRAPH])
        for start in range(0, len(lines), _LINES_A_PARAGRAPH)
    )
    return Markup('</p>\n<p class="{}">').format(style).join(paragraphs)


def _role(role: str) -> str:
    return ROLE_LABELS[Role(role)] if role in set(Role) else words.spoken(role)


def _criticals(section: SnapshotSection) -> str:
    """How many items of a section are critical, in words: `2 Safety, 1 Compliance`."""
    found = Counter(tag for item in section.items for tag in item.risk_tags if tag in CRITICAL)
    return ", ".join(f"{found[tag]} {RISK_WORDS[tag]}" for tag in by_severity(found))


def _styles(strict: Environment) -> tuple[Style, ...]:
    assert strict.loader is not None
    sheets = ((media, strict.loader.get_source(strict, name)[0]) for media, name in _MEDIA.items())
    return tuple(Style(media, Markup(css), _sha256_base64(css)) for media, css in sheets)


def _sha256_base64(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
