"""What another drafting of the same handover changed, in one sentence (pure)."""

from collections.abc import Iterable, Mapping

from console.widgets.handover.marks import plural
from storage.drafts.views import DraftView, ItemView
from storage.taxonomy.domains import Bucket

NAMED = 4
"""So many items are named by their numbers; of more, how many."""


def is_drafted_again(before: DraftView, after: DraftView) -> bool:
    """Whether the worker made it again meanwhile; what people change moves no period."""
    return before.id == after.id and before.period_to != after.period_to


def what_is_new(before: Mapping[str, ItemView], after: Mapping[str, ItemView]) -> str:
    """`Drafted again. New: 2.15, 6.4. Other words: 2.3. Gone: 1 item.` Command always changes."""
    was, now = _stated(before), _stated(after)
    new = [item.number for item in now if item.id not in before]
    other = [i.number for i in now if i.id in before and before[i.id].text != i.text]
    gone = [item for item in was if item.id not in after]
    said = [f"New: {_named(new)}."] if new else []
    said += [f"Other words: {_named(other)}."] if other else []
    said += [f"Gone: {plural(len(gone), 'item')}."] if gone else []
    return " ".join(["Drafted again.", *(said or ["Nothing is new but the time."])])


def _stated(items: Mapping[str, ItemView]) -> list[ItemView]:
    return [item for item in items.values() if item.bucket is not Bucket.COMMAND]


def _named(numbers: Iterable[str]) -> str:
    numbers = list(numbers)
    return ", ".join(numbers) if len(numbers) <= NAMED else plural(len(numbers), "item")
