"""How this ship reads a narrative: with her own names for things, and what was corrected aboard."""

from collections.abc import Callable
from functools import partial

from storage.database import read_only
from storage.entries.correction_views import accepted_corrections
from storage.taxonomy.classification import Classification
from storage.taxonomy.classify import classify
from storage.taxonomy.corrections import lessons
from storage.vessel.views import equipment

Reader = Callable[..., Classification]
"""`classify` with everything but the narrative and whether there is `evidence`."""


def ships_reader() -> Reader:
    """The reading of this ship as it is now: taken once, so that all lines of an import are read
    alike."""
    with read_only():
        own_terms, taught = equipment().names, lessons(accepted_corrections())
    return partial(classify, own_terms=own_terms, corrections=taught)


def read_narrative(text: str, *, evidence: bool = False) -> Classification:
    """One narrative as this ship reads it; what a person is shown before saving (DOMAIN §4)."""
    return ships_reader()(text, evidence=evidence)
