"""What the Insights place is told, as pure questions to the store.

They run in the background thread inside one read-only transaction, like those of `snapshots`.
"""

from console.snapshots.engine import with_words
from console.snapshots.places import Page
from storage.insights.lineage import Lineage, lineage
from storage.insights.output_views import (
    OutputView,
    RegenerationView,
    list_regenerations,
    regeneration,
    versions,
)
from storage.insights.states import SuggestionStatus
from storage.insights.views import SignalView, SuggestionView, list_signals, list_suggestions
from storage.value import Value


class RegenerationPicture(Value):
    """One regeneration, and every version there is of what it collects, newest first."""

    regeneration: RegenerationView
    versions: tuple[OutputView, ...]


def take_signals(words: str) -> Page[SignalView]:
    """The newest signals with these words."""
    return with_words(words, list_signals(), lambda one: f"{one.rule} {one.severity} {one.message}")


def take_suggestions(words: str) -> Page[SuggestionView]:
    """The inbox with these words, oldest first; after it what was decided."""
    decided = [SuggestionStatus.ACCEPTED, SuggestionStatus.DISMISSED]
    found = [
        *list_suggestions(SuggestionStatus.OPEN),
        *(one for status in decided for one in list_suggestions(status)),
    ]
    return with_words(words, found, lambda one: f"{one.status} {one.type} {one.text} {one.signal}")


def take_regenerations(words: str) -> Page[RegenerationView]:
    """The newest regenerations with these words."""
    return with_words(words, list_regenerations(), _words_of)


def take_regeneration(regeneration_id: str) -> RegenerationPicture:
    """One regeneration, whole."""
    found = regeneration(regeneration_id)
    return RegenerationPicture(
        regeneration=found, versions=tuple(versions(found.scope, found.target))
    )


def take_lineage(subject_id: str) -> Lineage:
    """All that led to a thing and all it led to."""
    return lineage(subject_id)


def _words_of(one: RegenerationView) -> str:
    output = f"{one.output.status} {one.output.title}" if one.output else ""
    return f"{one.status} {one.scope} {one.target} {one.approved_by} {one.reason} {output}"
