"""An entry and its classification in words."""

from collections.abc import Iterator, Mapping

from console.cli.words import both_times, cut, listed, one_line, terminal_width
from storage.entries.correction_views import CorrectionView
from storage.entries.states import EntryStatus
from storage.entries.views import EntryDetail, EntryView
from storage.taxonomy.classification import Classification
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS
from storage.taxonomy.risks import CONFIDENCE_WORDS, RISK_WORDS, confidence_words
from storage.taxonomy.roles import role_words


def classification_facts(reading: Classification) -> Mapping[str, object]:
    """How a text was read, the words that led there, and what nearly won."""
    runner_up = reading.runner_up
    return {
        "domain": domain_words(reading.primary_domain),
        "also": listed(map(domain_words, reading.secondary_domains)),
        "bucket": BUCKET_LABELS[reading.bucket],
        "risk": listed(RISK_WORDS[tag] for tag in reading.risk_tags),
        "owners": listed(map(role_words, reading.owner_roles)),
        "confidence": confidence_words(reading.confidence, reading.text_confidence),
        "because of": listed(reading.reasons),
        "runner-up": f"{domain_words(runner_up.domain)}, margin {runner_up.margin} of 100"
        if runner_up
        else "–",
        "planning": listed(reading.planning),
    }


def entry_facts(entry: EntryDetail) -> Mapping[str, object]:
    """One entry whole, with its marks and requested corrections."""
    runner_up = entry.runner_up
    words: dict[str, object] = {
        "entry": entry.id,
        "time": both_times(entry.created_at),
        "by": f"{entry.author}, {role_words(entry.role)}",
        "narrative": entry.narrative,
        "status": entry.status,
        "domain": domain_words(entry.primary_domain),
        "also": listed(map(domain_words, entry.secondary_domains)),
        "bucket": BUCKET_LABELS[entry.bucket],
        "risk": listed(RISK_WORDS[tag] for tag in entry.risk_tags),
        "owners": listed(map(role_words, entry.owner_roles)),
        "confidence": CONFIDENCE_WORDS[entry.confidence],
        "because of": listed(entry.reasons),
        "runner-up": domain_words(runner_up["domain"]) if runner_up else "–",
        "planning": listed(entry.planning),
        "events": listed(entry.event_ids),
        "documents": listed(entry.document_ids),
    }
    if entry.corrected:
        original = entry.corrected.original
        because = f", because of {listed(original.reasons)}" if original.reasons else ""
        words["first read as"] = domain_words(original.primary_domain) + because
    for mark in entry.marks:
        words[f"{mark.mark}"] = f"{both_times(mark.at)} by {mark.by}: {mark.reason}"
    for number, asked in enumerate(entry.corrections, start=1):
        words[f"flagged {number}"] = correction_words(asked)
    return words


def entry_lines(entry: EntryView) -> Iterator[str]:
    """One entry in a list: when and by whom, then the id and the words, cut to the terminal."""
    marked = "" if entry.status is EntryStatus.CANDIDATE else f"  {entry.status}"
    yield f"{both_times(entry.created_at)}  {entry.primary_domain}  {entry.author}{marked}"
    yield cut(f"  {entry.id}  {one_line(entry.narrative)}", terminal_width())


def correction_words(asked: CorrectionView) -> str:
    """Who asked for what and why, and what was decided; an open one is named by its id."""
    wanted = f" (suggests {asked.suggested_domain})" if asked.suggested_domain else ""
    said = f"by {asked.requested_by}: {asked.reason}{wanted}"
    if asked.decision is None or asked.decided_at is None:
        return f"{said}; open, request {asked.id}"
    filed = f" as {asked.domain}" if asked.domain else ""
    why = f": {asked.decision_reason}" if asked.decision_reason else ""
    decided = f"{asked.decision}{filed} by {asked.decided_by}, {both_times(asked.decided_at)}"
    return f"{said}; {decided}{why}"


def domain_words(code: str) -> str:
    """`ENG-05 Plumbing & Sanitation`."""
    return f"{code} {DOMAINS[code].name}"
