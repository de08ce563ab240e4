"""One candidate together with what was read from its words (pure)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from storage.canonical import sha256_hex
from storage.drafts.content import Candidate
from storage.taxonomy.reading import Reading, read
from storage.taxonomy.risks import RiskTag
from worker.pipeline.shares import Shared, for_each, undivided

_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidate on its way through the stages; `tags` are what still stands at risk."""

    given: Candidate
    reading: Reading
    tags: tuple[RiskTag, ...]

    @property
    def id(self) -> str:
        """The entry id."""
        return self.given.entry_id

    @property
    def key(self) -> str:
        """The key of this entry's item."""
        return item_key((self.id,))

    def with_tags(self, tags: tuple[RiskTag, ...]) -> "Entry":
        """This entry with other risk tags."""
        return replace(self, tags=tags)


def item_key(entry_ids: Iterable[str]) -> str:
    """The stable key of what rests on these entries: same entries, same key."""
    return sha256_hex("\n".join(sorted(entry_ids)).encode())[:_KEY_LENGTH]


def read_all(
    candidates: Iterable[Candidate],
    heard: Callable[[int], None] = lambda done: None,
    shared: Shared = undivided,
) -> list[Entry]:
    """Every candidate once, read, by entry id; equal narratives are read only once. `heard` is told
    from time to time how many have been."""
    unique = dict(sorted((candidate.entry_id, candidate) for candidate in candidates))
    narratives = list(dict.fromkeys(given.narrative for given in unique.values()))
    readings = dict(zip(narratives, for_each(narratives, read, shared, heard), strict=True))
    return [Entry(given, readings[given.narrative], given.risk_tags) for given in unique.values()]
