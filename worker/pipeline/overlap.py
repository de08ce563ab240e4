"""Stage 3: what is affected decides the place; only what is open is a risk (DOMAIN §2, §5)."""

from storage.taxonomy.risks import RiskTag, by_severity
from storage.taxonomy.states import ItemState
from worker.pipeline.entry import Entry
from worker.pipeline.group import Groups

_INFORMATIONAL = (RiskTag.INFORMATIONAL,)


def overlap(groups: Groups) -> Groups:
    """The same groups, each entry with the tags that still hold.

    Secondary domains move nothing, and neither does a risk: an entry stays in the one bucket of its
    primary domain. What is resolved, done or said to be well stays too, but is not a risk.
    """
    return {bucket: [_settled(entry) for entry in found] for bucket, found in groups.items()}


def stands_open(entry: Entry) -> bool:
    """Whether the entry is about something that is not dealt with."""
    if entry.given.resolved:
        return False
    return entry.reading.state is not ItemState.DONE and not entry.reading.benign


def _settled(entry: Entry) -> Entry:
    if not stands_open(entry):
        return entry.with_tags(_INFORMATIONAL)
    tags = entry.given.risk_tags
    if not entry.given.event_ids and not entry.given.document_ids:
        tags = (*tags, RiskTag.INFORMATIONAL)
    return entry.with_tags(by_severity(tags) or _INFORMATIONAL)
