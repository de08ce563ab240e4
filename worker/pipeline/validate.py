"""The last look before anything is written: nothing lost, nothing without a source (I9; pure)."""

from collections import Counter

from storage.drafts.content import DraftContent, DraftInput, ItemContent
from storage.taxonomy.domains import DOMAINS, Bucket, bucket_of


def validate(given: DraftInput, content: DraftContent) -> DraftContent:
    """`content`, unchanged, if it tells every entry exactly once and every item has its sources.

    Raises:
        AssertionError: it does not; the job fails and nothing is written.
    """
    narratives = {one.entry_id: one.narrative for one in given.candidates}
    told = Counter[str]()
    for section in content.sections:
        for item in section.items:
            _require(bucket_of(DOMAINS[item.domain].code) is section.bucket, item, "bucket")
            _require(bool(item.entry_ids), item, "no source")
            _require(_traced(item, narratives), item, "a sentence without its source")
            if section.bucket is not Bucket.COMMAND:
                told.update(item.entry_ids)
    if told != Counter(narratives.keys()):
        raise AssertionError("entries lost or told twice")
    return content


def _traced(item: ItemContent, narratives: dict[str, str]) -> bool:
    return all(
        one.entry_id in item.entry_ids and one.text in narratives.get(one.entry_id, "")
        for one in item.sentences
    )


def _require(holds: bool, item: ItemContent, what: str) -> None:
    if not holds:
        raise AssertionError(f"item {item.key}: {what}")
