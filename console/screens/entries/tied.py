"""What a half-written entry is tied to, kept beside its words (CONSOLE rule 15)."""

from pydantic import TypeAdapter, ValidationError
from textual.content import Content

from console.drawing import glyphs
from console.local_drafts import LocalDraft
from console.snapshots.sources import Source
from console.widgets.facts import Fact

SHOWN, LINE = 2, 56
"""So many are shown, and so much of each; the sheet has to fit 24 lines."""
SOURCES = TypeAdapter(tuple[Source, ...])


def kept_in(draft: LocalDraft) -> tuple[Source, ...]:
    """What was tied when the writing was left; what cannot be read is tied again by hand."""
    try:
        return SOURCES.validate_json(draft.text() or "[]")
    except ValidationError:
        return ()


def keep_in(draft: LocalDraft, tied: tuple[Source, ...]) -> bool:
    """Write it down as it stands; False when the disk refuses."""
    return draft.keep(SOURCES.dump_json(tied).decode() if tied else "")


def tied_facts(tied: tuple[Source, ...]) -> list[Fact]:
    """`evidence  01 05:12  fault logged · Fire pump 2 · …`: the first, and how many more."""
    lines = [glyphs.one_line(source.line).truncate(LINE, ellipsis=True) for source in tied[:SHOWN]]
    if len(tied) > SHOWN:
        lines.append(Content(f"and {len(tied) - SHOWN} more"))
    return list(zip(["evidence", *[""] * SHOWN], lines, strict=False))
