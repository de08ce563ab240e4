"""Our text functions under the names the scoring of the real texts asks for."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations

from storage.drafts.content import Candidate
from storage.taxonomy.classify import classify
from storage.taxonomy.planning import planning_phrases
from storage.taxonomy.polarity import state_of
from storage.taxonomy.reading import Reading, Stage, read
from storage.taxonomy.states import ItemState
from worker.pipeline.clusters import Link, clusters
from worker.pipeline.duplicates import nearest
from worker.pipeline.entry import read_all
from worker.pipeline.likeness import Kind, about_one, compare, compatible
from worker.pipeline.relations import Node, nodes_of, relations
from worker.pipeline.summarise import telling

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_TOLD = {ItemState.OPEN: "open", ItemState.DONE: "done"}


def find_duplicates(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """The pairs the pipeline would propose to merge, as one list of texts at one moment."""
    nodes = nodes_of(read_all([_candidate(index, text) for index, text in enumerate(texts)]))
    same = nearest([found for found in relations(nodes) if found.kind is Kind.SAME])
    links = [Link(found.one, found.two, found.score) for found in same]
    groups = clusters([node.reading for node in nodes], links, compatible)
    home = {member: at for at, (members, _) in enumerate(groups) for member in members}
    joined = [link for link in links if home.get(link.one, -1) == home.get(link.two, -2)]
    found = [
        (one, two, link.score)
        for link in joined
        for one in _indexes(nodes[link.one])
        for two in _indexes(nodes[link.two])
    ]
    copies = [pair for node in nodes for pair in combinations(_indexes(node), 2)]
    return found + [(one, two, 1.0) for one, two in copies]


def _indexes(node: Node) -> list[int]:
    return [int(entry.id) for entry in node.entries]


def classify_domain(texts: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Primary domain, and the runner-up before the secondary ones: the first two come first."""
    return [_first_two(text) for text in texts]


def detect_state(texts: Sequence[str]) -> list[str]:
    """Open, done or none; a restriction in force counts as none there."""
    return [_TOLD.get(state_of(text), "none") for text in texts]


def is_planning(texts: Sequence[str]) -> list[bool]:
    """Whether the text hands out work."""
    return [bool(planning_phrases(text)) for text in texts]


def find_conflicts(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Whether one says open and the other done of one thing; there is no time in these texts."""
    return [_opposed(read(one), read(two)) for one, two in pairs]


def summarise(texts: Sequence[str], most: int) -> list[str]:
    """The `most` most telling sentences, verbatim and in order."""
    return [texts[index] for index in telling(texts, range(len(texts)), most)]


def _opposed(one: Reading, two: Reading) -> bool:
    finished = (one.stage is Stage.DONE) != (two.stage is Stage.DONE)
    opposed = compare(one, two).kind in {Kind.OPPOSED, Kind.CONTRARY}
    return opposed or (finished and about_one(one, two))


def _first_two(text: str) -> tuple[str, list[str]]:
    found = classify(text)
    second = [found.runner_up.domain] if found.runner_up else []
    return found.primary_domain, second


def _candidate(index: int, text: str) -> Candidate:
    return Candidate(
        entry_id=f"{index:07}",
        created_at=_AT,
        author="",
        role="",
        narrative=text,
        primary_domain="ENG-10",
    )
