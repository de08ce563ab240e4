"""Stage 2: by bucket, then primary domain (DOMAIN §5; pure)."""

from collections.abc import Iterable

from storage.taxonomy.classify import FALLBACK_DOMAIN
from storage.taxonomy.domains import ASSIGNABLE, Bucket, bucket_of
from worker.pipeline.entry import Entry

Groups = dict[Bucket, list[Entry]]

_ORDER = {code: rank for rank, code in enumerate(ASSIGNABLE)}


def group(entries: Iterable[Entry]) -> Groups:
    """The entries of each bucket, in document order, by domain and then by entry id."""
    by_bucket: Groups = {bucket: [] for bucket in Bucket}
    for entry in sorted(entries, key=lambda entry: (_ORDER[domain_of(entry)], entry.id)):
        by_bucket[bucket_of(domain_of(entry))].append(entry)
    return {bucket: found for bucket, found in by_bucket.items() if found}


def domain_of(entry: Entry) -> str:
    """The entry's domain; one that no entry may carry (Command is derived) falls back."""
    code = entry.given.primary_domain
    return code if code in _ORDER else FALLBACK_DOMAIN
