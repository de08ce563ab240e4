"""What a regeneration is made of: the words on record about its target, and nothing added."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from storage.clock import from_text
from storage.engine import ledger
from storage.insights.output_views import OutputLine, RegenerationView
from storage.insights.regenerating import Digest
from storage.insights.states import Scope
from storage.insights.views import signal, suggestion
from storage.value import Value

MOST_QUOTES = 2_000
"""So many pieces at most are read, the newest."""

_WORDS = {
    Scope.ENTRY: """
        SELECT narrative, id, created_at FROM entry
        WHERE id IN (
            SELECT value FROM signal s, json_each(s.entry_ids) WHERE s.id = :signal
            UNION SELECT source FROM analytics_event WHERE type = 'entry_captured'
                AND json_extract(metadata, '$.domain') || ' ' || json_extract(metadata, '$.fault')
                    = :target)
        ORDER BY seq DESC LIMIT :most
        """,
    Scope.DRAFT: """
        SELECT original || ' → ' || CASE new WHEN '' THEN '–' ELSE new END, item_id, at
        FROM draft_edit WHERE kind <> 'move' AND substr(at, 1, 10) BETWEEN :first AND :last
        ORDER BY id DESC LIMIT :most
        """,
    Scope.JOB: """
        SELECT a.error_type || ': ' || a.error_message, a.job_id, a.ended_at
        FROM job_attempt a JOIN job ON job.job_id = a.job_id
        WHERE job.kind = :target AND a.outcome = 'failed'
            AND substr(a.ended_at, 1, 10) BETWEEN :first AND :last
        ORDER BY a.ended_at DESC LIMIT :most
        """,
}
"""Scope → words on record, the id they are from, and when; newest first."""

_TITLES = {
    Scope.ENTRY: "What was recorded of {target}",
    Scope.DRAFT: "What was changed in drafted items, {first} to {last}",
    Scope.JOB: "Why {target} jobs were tried again, {first} to {last}",
}


class Quote(Value):
    """Words on record, the id they are from, and when they were said."""

    text: str
    source: str
    at: datetime


class Material(Value):
    """All that one regeneration is made of."""

    regeneration_id: str
    title: str
    quotes: tuple[Quote, ...]


def material(asked: RegenerationView) -> Material:
    """Read what is on record about the target of a regeneration, oldest first."""
    because = signal(suggestion(asked.suggestion_id).signal_id)
    asking = {
        "target": asked.target, "signal": because.id, "most": MOST_QUOTES,
        "first": because.first_day.isoformat(), "last": because.last_day.isoformat(),
    }  # fmt: skip
    found = ledger.execute_sql(_WORDS[asked.scope], asking).fetchall()
    quotes = [Quote(text=text, source=source, at=from_text(at)) for text, source, at in found]
    return Material(
        regeneration_id=asked.id,
        title=_TITLES[asked.scope].format_map(asking),
        quotes=tuple(reversed(quotes)),
    )


def digest(given: Material) -> Digest:
    """The same words once, with every source they are from: most told first, then oldest (pure).

    Raises:
        ValueError: there is nothing to collect.
    """
    if not given.quotes:
        raise ValueError("Nothing is on record about this any more.")
    said = _by_words(given.quotes)
    order = sorted(said, key=lambda text: (-len(said[text]), said[text][0].at, text))
    lines = [OutputLine(text=text, sources=_sources(said[text])) for text in order]
    return Digest(title=given.title, lines=tuple(lines))


def _by_words(quotes: Iterable[Quote]) -> dict[str, list[Quote]]:
    said: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        said[" ".join(quote.text.split())].append(quote)
    return said


def _sources(quotes: Iterable[Quote]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quote.source for quote in quotes))
