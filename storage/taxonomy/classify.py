"""How a narrative finds its domain, its risks and its owners (DOMAIN §1, §2; pure).

The result is a proposal: the person sees it, the words that led to it and the runner-up before
anything is saved, and may flag it afterwards. Nothing here decides for them.
"""

from collections.abc import Mapping

from storage.taxonomy.classification import Classification, RunnerUp
from storage.taxonomy.corrections import Lesson, Lessons, lesson_for
from storage.taxonomy.domains import ASSIGNABLE, bucket_of
from storage.taxonomy.hazards import risk_tags
from storage.taxonomy.owners import owner_roles
from storage.taxonomy.planning import planning_phrases
from storage.taxonomy.polarity import standing
from storage.taxonomy.risks import Confidence, RiskTag, by_severity
from storage.taxonomy.scoring import Scores, score
from storage.taxonomy.words import clean, plain, stem, stems, words

FALLBACK_DOMAIN = "ENG-10"
"""Where a narrative without a known word goes, at LOW confidence, until a person says better."""

_SECONDARY_SHARE = 0.45
_SECONDARY_MOST = 2
_SECONDARY_LEAST = 1.0
_REASONS = 5
_SURE, _LIKELY = 65, 25
"""Margins (0–100) from which the reading of the words counts as HIGH and as MEDIUM."""


def classify(
    text: str,
    *,
    evidence: bool = False,
    corrections: Lessons | None = None,
    own_terms: Mapping[str, str] | None = None,
) -> Classification:
    """Reads one narrative. Always answers, whatever the text; an empty one at LOW confidence.

    Args:
        text: the narrative, as typed.
        evidence: whether a ledger event or a document stands behind it; without one the entry is
            human-observed: Informational is added and the confidence is LOW (DOMAIN §1).
        corrections: what this ship's accepted corrections teach (`lessons`); a line they apply to
            is filed like the one that was corrected, and the first reason says so.
        own_terms: this ship's names for its equipment, each with its domain code.
    """
    found = words(text)
    scores = score(stems(found), own_terms)
    lesson = lesson_for(found, corrections) if corrections else None
    primary = lesson.correction.domain if lesson else _primary(scores)
    secondary = _secondary(scores, primary)
    runner_up = None if lesson and lesson.exact else _runner_up(scores, primary)
    stands = standing(text)
    tags = risk_tags(text, {primary: 1.0} if lesson else scores.blended, stands)
    certainty = _taught(lesson) if lesson else _text_confidence(scores, primary, runner_up)
    return Classification(
        primary_domain=primary,
        secondary_domains=secondary,
        bucket=bucket_of(primary),
        risk_tags=tags if evidence else by_severity((*tags, RiskTag.INFORMATIONAL)),
        owner_roles=owner_roles(primary, secondary, tags),
        confidence=certainty if evidence else Confidence.LOW,
        text_confidence=certainty,
        reasons=(*((str(lesson),) if lesson else ()), *_reasons(scores, primary, text)),
        runner_up=runner_up,
        planning=planning_phrases(text),
        state=stands.state,
    )


def secondary_domains(
    text: str, primary: str, own_terms: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Who else a narrative implicates once people have settled its primary domain (DOMAIN §2)."""
    return _secondary(score(stems(words(text)), own_terms), primary)


def _primary(scores: Scores) -> str:
    if not scores.heard:
        return FALLBACK_DOMAIN
    return max(ASSIGNABLE, key=lambda code: scores.blended[code])


def _secondary(scores: Scores, primary: str) -> tuple[str, ...]:
    """Who else is implicated: domains with nearly as many votes as the primary one has."""
    least = max(_SECONDARY_LEAST, _SECONDARY_SHARE * scores.terms.get(primary, 0.0))
    others = [code for code, votes in scores.terms.items() if code != primary and votes >= least]
    others.sort(key=lambda code: (-scores.terms[code], ASSIGNABLE.index(code)))
    return tuple(others[:_SECONDARY_MOST])


def _runner_up(scores: Scores, primary: str) -> RunnerUp | None:
    if not scores.heard:
        return None
    second = max((c for c in ASSIGNABLE if c != primary), key=lambda code: scores.blended[code])
    margin = round(100 * (scores.blended[primary] - scores.blended[second]))
    return RunnerUp(domain=second, margin=max(0, min(100, margin)))


def _text_confidence(scores: Scores, primary: str, runner_up: RunnerUp | None) -> Confidence:
    margin = runner_up.margin if runner_up else 0
    if margin >= _SURE and primary in scores.terms:
        return Confidence.HIGH
    return Confidence.MEDIUM if margin >= _LIKELY else Confidence.LOW


def _taught(lesson: Lesson) -> Confidence:
    return Confidence.HIGH if lesson.exact else Confidence.MEDIUM


def _reasons(scores: Scores, primary: str, text: str) -> tuple[str, ...]:
    """The words that decided, as they were written, most telling first."""
    deciding = scores.deciding.get(primary)
    if not deciding:
        return ()
    written = {stem(word): word for word in reversed(plain(words(clean(text))))}
    terms = sorted(deciding, key=lambda term: (-deciding[term], term))
    return tuple(" ".join(written.get(cut, cut) for cut in term) for term in terms[:_REASONS])
