"""What can be asked of the entries in one line: their fields, and what a bare word means."""

from operator import ge, lt
from typing import Any

import peewee

from storage.database import now
from storage.entries.correction_views import stands_as
from storage.entries.states import Decision, EntryStatus
from storage.entries.tables import CorrectionDecision, Entry, EntryMark, EntrySource
from storage.filtering import Operator
from storage.matching import (
    Comparison,
    Field,
    Language,
    begins,
    choice,
    compares,
    contains,
    equals,
    finds,
    moment,
    yes_or_no,
)
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import RISK_WORDS, Confidence, RiskTag


def occurs(text: str) -> Any:
    """An entry says these words one after the other; the last may go on.

    What has no letter and no digit is looked for as it is written.
    """
    if not any(char.isalnum() for char in text):
        return Entry.narrative.contains(text)
    quoted = text.replace('"', '""')
    found = "(SELECT rowid FROM entry_words WHERE entry_words MATCH ?)"
    return Entry.seq << peewee.SQL(found, [f'"{quoted}" *'])


def _risk(text: str) -> RiskTag:
    """A tag by its name, or by the word the console shows for it."""
    for tag, word in RISK_WORDS.items():
        if any(name.lower().startswith(text.lower()) for name in (word, tag.value)):
            return tag
    raise ValueError(f"one of {', '.join(word.lower() for word in RISK_WORDS.values())}")


def _tagged(tag: RiskTag) -> Any:
    return Entry.risk_tags.cast("text").contains(f'"{tag.value}"')


def _rests_on(kind: str) -> Comparison:
    sources = EntrySource.select(EntrySource.entry_id).where(EntrySource.kind == kind)
    return finds(lambda source_id: Entry.id << sources.where(EntrySource.source_id == source_id))


def _marked(operator: Operator, at: Any) -> Any:
    when = compares(EntryMark.at, ge)(operator, at)
    return Entry.id << EntryMark.select(EntryMark.entry_id).where(when)


def _decided(*only: Any) -> Comparison:
    def compare(operator: Operator, at: Any) -> Any:
        when = compares(CorrectionDecision.decided_at, ge)(operator, at)
        decided = CorrectionDecision.select(CorrectionDecision.entry_id).where(when, *only)
        return Entry.id << decided

    return compare


_ACCEPTED = CorrectionDecision.decision == Decision.ACCEPTED.value

FIELDS: dict[str, Field] = {
    "status": Field("candidate, resolved or suppressed", equals(Entry.status), choice(EntryStatus)),
    "bucket": Field("the section it stands in", equals(stands_as("bucket")), choice(Bucket)),
    "domain": Field("its code, or the beginning of it", begins(stands_as("primary_domain"))),
    "risk": Field("what it puts at risk: safety, guest, cost …", finds(_tagged), _risk),
    "confidence": Field("how sure the reading is", equals(Entry.confidence), choice(Confidence)),
    "author": Field("whose words they are, a part of the name", contains(Entry.author)),
    "role": Field("what the author is aboard", begins(Entry.role)),
    "flagged": Field(
        "whether its classification is in question", equals(Entry.classification_flagged), yes_or_no
    ),
    "event": Field("the ledger event it rests on", _rests_on("event")),
    "document": Field("the document it rests on", _rests_on("document")),
    "since": Field("from this time on", compares(Entry.created_at, ge), moment(now)),
    "until": Field("before this time", compares(Entry.created_at, lt), moment(now)),
    "recorded": Field("recorded from this time on", compares(Entry.recorded_at, ge), moment(now)),
    "settled": Field("resolved or suppressed from this time on", _marked, moment(now)),
    "decided": Field("a flag of it was decided from this time on", _decided(), moment(now)),
    "refiled": Field("filed anew from this time on", _decided(_ACCEPTED), moment(now)),
}


_LANGUAGE = Language(FIELDS, occurs)
read_filter, matches = _LANGUAGE.read, _LANGUAGE.matches
