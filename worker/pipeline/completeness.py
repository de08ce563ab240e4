"""Which expected things were said, said to be nil, or not covered (DOMAIN §5; pure)."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from storage.drafts.content import HandoverType, ItemContent, SlotContent, SlotState
from storage.taxonomy.knowledge import listed
from storage.taxonomy.polarity import cued_state, says_benign
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, plain, words


def completeness(kind: HandoverType, items: Sequence[ItemContent]) -> tuple[SlotContent, ...]:
    """The slots of this type of handover, in their order.

    "Stated nil" needs words that say nil; a slot nobody wrote about is "not covered", whatever
    may be guessed from the rest.
    """
    texts = [(item, f" {' '.join(plain(words(item.text)))} ") for item in items]
    return tuple(_slot(slot, texts) for slot in _slots()[kind.value])


def _slot(slot: dict[str, Any], texts: Iterable[tuple[ItemContent, str]]) -> SlotContent:
    domains, phrases = slot.get("domains", ()), _phrases(slot.get("words", ""))
    found = [
        item
        for item, text in texts
        if item.domain in domains or any(phrase in text for phrase in phrases)
    ]
    return SlotContent(
        slot=slot["slot"],
        label=slot["label"],
        state=_state(found),
        item_keys=tuple(item.key for item in found),
    )


def _state(found: Sequence[ItemContent]) -> SlotState:
    if not found:
        return SlotState.NOT_COVERED
    return SlotState.STATED_NIL if all(map(_says_nil, found)) else SlotState.STATED


def _says_nil(item: ItemContent) -> bool:
    """Whether the item's words say that there is none of it: "nil", "no", "none"."""
    nothing_said = cued_state(item.text) is ItemState.NONE and says_benign(item.text)
    return nothing_said and not _NIL.isdisjoint(words(item.text))


@cache
def _phrases(block: str) -> tuple[str, ...]:
    return tuple(f" {' '.join(_plain(phrase))} " for phrase in listed(block))


def _plain(phrase: str) -> Words:
    return plain(words(phrase))


@cache
def _slots() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        files("worker.pipeline").joinpath("slots.json").read_text(encoding="utf-8")
    )
    return loaded


_NIL = frozenset({"nil", "no", "none", "nothing", "zero"})
